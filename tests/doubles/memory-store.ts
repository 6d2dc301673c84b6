import { Failed } from '../../src/domain/failure.ts'
import type { OutboxItem, Store } from '../../src/sync/ports.ts'
import {
  addBlobs,
  copyOf,
  documentOf,
  dropProfile,
  emptyState,
  enqueue,
  putInbox,
  putRows,
  removeUnnamed,
  type State,
} from './memory-store-state.ts'

/** A Store in memory, and the troubles a test may order for its writes. */
export type MemoryStore = Store & {
  /** The next write finds the disk full and changes nothing. */
  failNextWithQuota(): void
  /** Every write finds the disk full as long as `work` runs. */
  withFullDisk(work: () => Promise<void>): Promise<void>
  /**
   * The n-th write from now (1 is the next) rejects with a plain Error, as if the tab had been closed: before it took
   * effect, or right after. The store itself can be used on, as the next start of the app would.
   */
  crashAfter(writes: number, when?: 'before' | 'after'): void
}

/** The Store port in memory: the same atomicity as a database, with values copied on their way in and out. */
export function memoryStore({ deviceId = 'device-1' }: { deviceId?: string } = {}): MemoryStore {
  let state = emptyState(deviceId)
  let isFull: boolean | 'once' = false
  let crash: { writes: number; when: 'before' | 'after' } | undefined

  async function write(change: (draft: State) => void): Promise<void> {
    const isRefused = isFull !== false
    if (isFull === 'once') isFull = false
    if (isRefused) throw new Failed({ kind: 'quota' })
    if (crash) crash.writes -= 1
    const crashing = crash?.writes === 0 ? crash.when : undefined
    if (crashing) crash = undefined
    if (crashing === 'before') throw new Error('crashed before a write')
    const draft = copyOf(state)
    change(draft)
    state = draft
    if (crashing === 'after') throw new Error('crashed after a write')
  }

  return {
    failNextWithQuota() {
      isFull = 'once'
    },
    async withFullDisk(work) {
      isFull = true
      await work().finally(() => {
        isFull = false
      })
    },
    crashAfter(writes, when = 'before') {
      crash = { writes, when }
    },

    device: async () => ({ ...state.device }),
    renameDevice: (name) =>
      write((draft) => {
        draft.device = { ...draft.device, name }
      }),

    profiles: async () => structuredClone([...state.profiles.values()]),
    putProfile: (profile) =>
      write(({ profiles }) => void profiles.set(profile.id, structuredClone(profile))),
    dropProfile: (id) =>
      write((draft) => {
        dropProfile(draft, id)
      }),

    document: async (profile, kind) => documentOf(state, profile, kind),
    putDocument: (profile, kind, value) =>
      write(({ documents }) => {
        const kept = documents.get(profile)
        documents.set(profile, new Map(kept).set(kind, structuredClone(value)))
      }),

    outbox: async (profile) => structuredClone([...(state.outbox.get(profile) ?? [])]),
    enqueue: (profile, act, blobs = []) =>
      write((draft) => {
        enqueue(draft, profile, act)
        addBlobs(draft, blobs)
      }),
    markSent: (profile, ids) =>
      write(({ outbox }) => {
        const isMarked = ({ stamped }: OutboxItem) => ids.includes(stamped.id)
        const items = outbox.get(profile) ?? []
        outbox.set(
          profile,
          items.map((item) => (isMarked(item) ? { ...item, isSent: true } : item)),
        )
      }),
    dequeue: (profile, ids) =>
      write(({ outbox }) => {
        const items = outbox.get(profile) ?? []
        outbox.set(
          profile,
          items.filter(({ stamped }) => !ids.includes(stamped.id)),
        )
      }),

    heldFiles: async (profile) => structuredClone([...(state.files.get(profile)?.values() ?? [])]),
    putFiles: (profile, rows, blobs = []) =>
      write((draft) => {
        putRows(draft, profile, rows)
        addBlobs(draft, blobs)
      }),
    dropFiles: (profile, refs) =>
      write(({ files }) => {
        const kept = new Map(files.get(profile))
        for (const ref of refs) kept.delete(ref)
        files.set(profile, kept)
      }),
    forgetFiles: (profile, refs, at) =>
      write((draft) => {
        const rows = refs.map((ref) => draft.files.get(profile)?.get(ref))
        const known = rows.filter((row) => row !== undefined)
        putRows(
          draft,
          profile,
          known.map((row) => ({ ...row, goneAt: at })),
        )
      }),

    blobKeys: async () => new Set(state.blobs.keys()),
    blob: async (key) => state.blobs.get(key),
    collect: (startedBefore) =>
      write((draft) => {
        removeUnnamed(draft, [...draft.blobs.keys()])
        for (const [id, { startedAt }] of [...draft.downloads])
          if (startedAt < startedBefore) draft.downloads.delete(id)
      }),

    download: async (id) => ({
      parts: (state.downloads.get(id)?.parts ?? []).map(({ body, hashes }) => ({
        size: body.size,
        hashes: structuredClone(hashes),
      })),
    }),
    downloaded: async (id) =>
      new Blob((state.downloads.get(id)?.parts ?? []).map(({ body }) => body)),
    putPart: (id, { from, body, hashes, at }) =>
      write(({ downloads }) => {
        const { startedAt, parts } = downloads.get(id) ?? { startedAt: at, parts: [] }
        if (parts.reduce((sum, part) => sum + part.body.size, 0) !== from) return
        const part = { body: new Blob([body]), hashes: structuredClone(hashes) }
        downloads.set(id, { startedAt, parts: [...parts, part] })
      }),
    commitDownload: (profile, id, row) =>
      write((draft) => {
        const parts = draft.downloads.get(id)?.parts.map(({ body }) => body)
        if (!parts && !draft.blobs.has(row.key))
          throw new Failed({ kind: 'not-stored', name: row.ref })
        putRows(draft, profile, [row])
        if (parts) addBlobs(draft, [{ key: row.key, body: new Blob(parts) }])
        draft.downloads.delete(id)
      }),
    dropDownload: (id) => write(({ downloads }) => void downloads.delete(id)),

    inbox: async () =>
      [...state.inbox.values()].map(({ id, name, size, at }) => ({ id, name, size, at })),
    inboxBody: async (id) => state.inbox.get(id)?.body,
    putInbox: (files) =>
      write((draft) => {
        putInbox(draft, files)
      }),
    dropInbox: (ids) =>
      write(({ inbox }) => {
        for (const id of ids) inbox.delete(id)
      }),
  }
}
