import type { StampedAct } from '../../src/domain/act.ts'
import type { ContentKey } from '../../src/domain/media.ts'
import type { HeldFile } from '../../src/domain/plan.ts'
import type {
  Device,
  Documents,
  InboxFile,
  NewBlob,
  NewInboxFile,
  OutboxItem,
  Profile,
} from '../../src/sync/ports.ts'

type Part = { readonly body: Blob; readonly hashes: readonly Uint8Array[] }

/** All that a memory store holds. What lies in the maps is replaced, never changed. */
export type State = {
  device: Device
  readonly profiles: Map<string, Profile>
  /** By profile and kind. */
  readonly documents: Map<string, Map<string, unknown>>
  readonly outbox: Map<string, readonly OutboxItem[]>
  readonly files: Map<string, ReadonlyMap<string, HeldFile>>
  readonly blobs: Map<ContentKey, Blob>
  readonly downloads: Map<string, { readonly startedAt: number; readonly parts: readonly Part[] }>
  /** By id, which grows. */
  readonly inbox: Map<number, InboxFile & { readonly body: Blob }>
  lastInboxId: number
}

export function emptyState(deviceId: string): State {
  return {
    device: { id: deviceId, name: '' },
    profiles: new Map(),
    documents: new Map(),
    outbox: new Map(),
    files: new Map(),
    blobs: new Map(),
    downloads: new Map(),
    inbox: new Map(),
    lastInboxId: 0,
  }
}

export function copyOf({ device, lastInboxId, ...maps }: State): State {
  return {
    device,
    profiles: new Map(maps.profiles),
    documents: new Map(maps.documents),
    outbox: new Map(maps.outbox),
    files: new Map(maps.files),
    blobs: new Map(maps.blobs),
    downloads: new Map(maps.downloads),
    inbox: new Map(maps.inbox),
    lastInboxId,
  }
}

export function documentOf<K extends keyof Documents>(
  { documents }: State,
  profile: string,
  kind: K,
): Documents[K] | undefined {
  return structuredClone(documents.get(profile)?.get(kind)) as Documents[K] | undefined
}

export function enqueue({ outbox }: State, profile: string, stamped: StampedAct): void {
  const items = outbox.get(profile) ?? []
  if (items.some((item) => item.stamped.id === stamped.id))
    throw new Error(`act ${stamped.id} is in the outbox already`)
  outbox.set(profile, [...items, { stamped: structuredClone(stamped), isSent: false }])
}

export function putRows({ files }: State, profile: string, rows: readonly HeldFile[]): void {
  const kept = new Map(files.get(profile))
  for (const row of rows) kept.set(row.ref, structuredClone(row))
  files.set(profile, kept)
}

export function addBlobs({ blobs }: State, added: readonly NewBlob[]): void {
  for (const { key, body } of added) if (!blobs.has(key)) blobs.set(key, new Blob([body]))
}

export function putInbox(draft: State, files: readonly NewInboxFile[]): void {
  for (const { name, at, body } of files) {
    draft.lastInboxId += 1
    const id = draft.lastInboxId
    draft.inbox.set(id, { id, name, at, size: body.size, body: new Blob([body]) })
  }
}

export function dropProfile(draft: State, id: string): void {
  const named = namedKeys(draft, id)
  draft.profiles.delete(id)
  draft.documents.delete(id)
  draft.outbox.delete(id)
  draft.files.delete(id)
  removeUnnamed(draft, [...named])
}

export function removeUnnamed(draft: State, keys: readonly ContentKey[]): void {
  const profiles = new Set([...draft.outbox.keys(), ...draft.files.keys()])
  const named = new Set([...profiles].flatMap((profile) => [...namedKeys(draft, profile)]))
  for (const key of keys) if (!named.has(key)) draft.blobs.delete(key)
}

function namedKeys({ outbox, files }: State, profile: string): Set<ContentKey> {
  const rows = [...(files.get(profile)?.values() ?? [])].map(({ key }) => key)
  const acts = (outbox.get(profile) ?? []).map(({ stamped }) => keyOf(stamped))
  return new Set([...rows, ...acts.filter((key) => key !== undefined)])
}

function keyOf({ act }: StampedAct): ContentKey | undefined {
  return 'key' in act ? act.key : undefined
}
