import type { OutputWrite, WantedOutput } from '../../domain/export-plan.ts'
import type { Failure } from '../../domain/failure.ts'
import {
  isSameVersion,
  refOf,
  type ContentKey,
  type CuratedDay,
  type Source,
} from '../../domain/media.ts'
import { outputFiles } from '../../domain/output.ts'
import type { HeldFile } from '../../domain/plan.ts'
import type { Store } from '../ports.ts'
import type { Output } from './outputs.ts'

/** A file that an item brings. */
export type OwnOutput = WantedOutput & { readonly isJworg: boolean }

/** What the items of the days bring, under the content keys that the manifest knows. */
export async function wantedOutputs(
  store: Pick<Store, 'heldFiles'>,
  days: readonly CuratedDay[],
  profile: string,
): Promise<OwnOutput[]> {
  const held = new Map((await store.heldFiles(profile)).map((file) => [file.ref, file]))
  return outputFiles(days).map(({ path, file: { name, size, source, origin } }) => ({
    path,
    name,
    size,
    key: storedKey(source, held),
    isRecurring: origin === 'recurring',
    isJworg: origin === 'jworg',
  }))
}

function storedKey(source: Source, held: ReadonlyMap<string, HeldFile>): ContentKey | undefined {
  if (source.at === 'device') return source.key
  const row = held.get(refOf(source))
  return row && isSameVersion(row.version, source.version) ? row.key : undefined
}

/** Parts the writes whose bytes are here from those whose are not; what is beside the media is always at hand. */
export async function sortByStock(
  writes: readonly OutputWrite[],
  store: Pick<Store, 'blobKeys'>,
  outputs: readonly Output[],
) {
  if (writes.length === 0) return { writes, missing: [] }
  const keys = await store.blobKeys()
  const beside = new Set(outputs.filter(({ isBeside }) => isBeside).map(({ path }) => path))
  const isHere = ({ path, key }: OutputWrite) => keys.has(key) || beside.has(path)
  const missing = writes.filter((write) => !isHere(write))
  return {
    writes: writes.filter(isHere),
    missing: missing.map(({ path, name }) => ({ path, failure: notStored(name) })),
  }
}

/** The failure of a file whose bytes are not on this device. */
export function notStored(name: string): Failure {
  return { kind: 'not-stored', name }
}
