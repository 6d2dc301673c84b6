import type { DBSchema, IDBPTransaction, StoreNames } from 'idb'
import type { ContentKey } from '../../domain/media.ts'
import type { HeldFile } from '../../domain/plan.ts'
import type { Device, Documents, InboxFile, OutboxItem, Profile } from '../../sync/ports.ts'

export type PartId = number

/** Bytes as the engine keeps them: a Blob on its disk; the bytes themselves where small or where it refuses Blobs. */
export type Body = Blob | Uint8Array<ArrayBuffer>

/** Small bodies lie in the record itself, others in parts, in order. */
export type BlobRecord =
  | { readonly size: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly size: number; readonly parts: readonly PartId[] }

/** `parts` are the ids of what has arrived, in order; `pieces` says of each its size and the hashes of its slices. */
export type DownloadRecord = {
  readonly startedAt: number
  readonly parts: readonly PartId[]
  readonly pieces: readonly { readonly size: number; readonly hashes: readonly Uint8Array[] }[]
}

export type OutboxRow = OutboxItem & { readonly profile: string }

/** Everything Lectern keeps on this device but secrets. Rows belong to a profile; blobs and parts are shared by all. */
export interface LecternDB extends DBSchema {
  device: { key: 'this'; value: Device }
  profiles: { key: string; value: Profile }
  documents: { key: [profile: string, kind: string]; value: Documents[keyof Documents] }
  /** Numbered in the order the acts were done. */
  outbox: {
    key: number
    value: OutboxRow
    indexes: { byProfile: string; byAct: [profile: string, id: string] }
  }
  files: { key: [profile: string, ref: string]; value: HeldFile }
  blobs: { key: ContentKey; value: BlobRecord; indexes: { byPart: PartId } }
  parts: { key: PartId; value: Body }
  downloads: { key: string; value: DownloadRecord; indexes: { byPart: PartId } }
  handles: { key: [profile: string, name: 'mediaFolder']; value: FileSystemDirectoryHandle }
  /** Numbered in the order the files came; their bytes lie beside them, under the same number. */
  inbox: { key: number; value: Omit<InboxFile, 'id'> }
  inboxBodies: { key: number; value: Body }
}

export type StoreName = StoreNames<LecternDB>

/** A transaction over some of the object stores; reaching for another one throws. */
export type ReadTransaction = IDBPTransaction<LecternDB, StoreName[]>

export type WriteTransaction = IDBPTransaction<LecternDB, StoreName[], 'readwrite'>

/** The keys of all rows of a profile, in the object stores whose keys begin with it. */
export function rowsOf(profile: string): IDBKeyRange {
  // An array sorts after every string, so nothing that begins with this profile lies beyond.
  return IDBKeyRange.bound([profile], [profile, []])
}
