import type { ContentKey } from '../../../src/domain/media.ts'
import type { Held, HeldFile, Step, WantedFile } from '../../../src/domain/plan.ts'

export const empty: Held = { files: [], blobs: new Set() }

type FileFacts = {
  ref?: string
  etag?: string
  size?: number
  key?: ContentKey
  isUnsettled?: true
}

export function wanted({
  ref = 'remote:Media/a',
  etag = 'one',
  size = 5,
  isUnsettled,
  ...known
}: FileFacts = {}): WantedFile {
  const path = ref.slice('remote:'.length)
  return {
    ref,
    name: path,
    size,
    source: { at: 'remote', path, version: { size, etag }, ...(isUnsettled && { isUnsettled }) },
    ...known,
  }
}

export function held(...files: readonly HeldFile[]): Held {
  return { files, blobs: new Set(files.map(({ key }) => key)) }
}

export function row({ ref, source }: WantedFile, key: ContentKey): HeldFile {
  return { ref, version: source.version, key }
}

export function said(steps: readonly Step[]): string[] {
  return steps.map((step) => `${step.do} ${step.do === 'forget' ? step.ref : step.file.ref}`)
}

/** Carries steps out as an update does: links, then fetches, then what is no longer wanted. */
export function carriedOut(
  before: Held,
  steps: readonly Step[],
  bytesOf: (file: WantedFile) => ContentKey,
): Held {
  const files = new Map(before.files.map((one) => [one.ref, one]))
  const blobs = new Set(before.blobs)
  for (const step of steps)
    if (step.do === 'link') files.set(step.file.ref, row(step.file, step.key))
  for (const step of steps) {
    if (step.do !== 'fetch') continue
    files.set(step.file.ref, row(step.file, bytesOf(step.file)))
    blobs.add(bytesOf(step.file))
  }
  for (const step of steps) {
    const old = step.do === 'forget' ? files.get(step.ref) : undefined
    if (old) files.set(old.ref, { ...old, goneAt: 1 })
  }
  return { files: [...files.values()], blobs }
}
