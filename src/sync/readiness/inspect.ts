import type { ContentKey } from '../../domain/media.ts'
import { keptFacts, type Inspected, type MeetingFile } from '../../domain/readiness.ts'
import type { Store } from '../ports.ts'
import type { Inspector } from './ports.ts'

/** Facts of this page, by content key: what is wrong with a file is not kept any longer than that. */
export type LearnedFacts = Map<ContentKey, Inspected>

export type InspectPorts = {
  readonly store: Pick<Store, 'document' | 'putDocument' | 'blob'>
  readonly inspector: () => Promise<Inspector>
}

export type InspectOptions = {
  readonly profile: string
  readonly learned: LearnedFacts
  readonly signal?: AbortSignal | undefined
  /** Hears how many of how many files are done. */
  readonly onStep?: ((done: number, total: number) => void) | undefined
  /** Resolves when the device has nothing better to do. */
  readonly whenIdle: (signal: AbortSignal | undefined) => Promise<void>
}

/** Inspects those of the files that are here and were not inspected yet, one after the other, and keeps what was learned. */
export async function inspectFiles(
  ports: InspectPorts,
  files: readonly MeetingFile[],
  options: InspectOptions,
): Promise<void> {
  const { profile, learned } = options
  const kept = (await ports.store.document(profile, 'inspected')) ?? {}
  for (const [key, facts] of Object.entries(kept)) if (facts) learned.set(key as ContentKey, facts)
  const due = files.filter(({ key }) => key !== undefined && !learned.has(key))
  if (due.length === 0) return
  const news: (readonly [ContentKey, Inspected])[] = []
  try {
    for (const [index, file] of due.entries()) {
      options.onStep?.(index, due.length)
      const facts = await inspectOne(ports, file, options)
      if (file.key === undefined || !facts) continue
      learned.set(file.key, facts)
      news.push([file.key, facts])
    }
  } finally {
    if (news.length > 0) await keep(ports.store, profile, news)
  }
}

async function inspectOne(
  { store, inspector }: InspectPorts,
  { key, kind }: MeetingFile,
  { learned, signal, whenIdle }: InspectOptions,
): Promise<Inspected | undefined> {
  // Another screen may have had the same file inspected meanwhile.
  if (key === undefined || learned.has(key)) return undefined
  await whenIdle(signal)
  signal?.throwIfAborted()
  const blob = await store.blob(key)
  return blob && (await (await inspector()).inspect(blob, { kind, signal }))
}

// Read anew: another tab may have learned something too.
async function keep(
  store: InspectPorts['store'],
  profile: string,
  news: readonly (readonly [ContentKey, Inspected])[],
): Promise<void> {
  const known = (await store.document(profile, 'inspected')) ?? {}
  const next = keptFacts(known, news)
  if (JSON.stringify(next) !== JSON.stringify(known))
    await store.putDocument(profile, 'inspected', next)
}
