import type { StampedAct } from '../../src/domain/act.ts'
import type { ContentKey } from '../../src/domain/media.ts'
import type { HeldFile } from '../../src/domain/plan.ts'
import type { Store } from '../../src/sync/ports.ts'

/** Opens a store on a place, again and again, as each start of the app does. */
export type OpenStore = () => Store

export const song: ContentKey = 'sha256-song'
export const film: ContentKey = 'sha256-film'
export const picture: ContentKey = 'md5-picture'

/** Bytes that are too many to lie in a record. */
export const long = 'a long film '.repeat(10_000)

export function heldFile(ref: string, key: ContentKey): HeldFile {
  return { ref, key, version: { size: 5, modified: 7 } }
}

export function addAct(id: string, key: ContentKey): StampedAct {
  const act = { do: 'add', place: '2026-11-20', name: `${id}.jpg`, size: 5, key } as const
  return { id, device: 'tablet', lamport: 1, at: '2026-11-17T18:00:00Z', act }
}

export function byRef<Row extends { ref: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

export async function textOf(store: Store, key: ContentKey): Promise<string | undefined> {
  return (await store.blob(key))?.text()
}

export function bytes(text: string): Blob {
  return new Blob([text])
}
