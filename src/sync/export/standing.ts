import { openQuestions, type WantedOutput } from '../../domain/export-plan.ts'
import type { ContentKey } from '../../domain/media.ts'
import type { FolderIndex, StandingFile } from '../../domain/output-index.ts'
import { dayOfOutput } from '../../domain/output.ts'
import { contentKey } from '../content-key.ts'
import type { MediaFolder, Store } from '../ports.ts'

type Ports = { readonly folder: MediaFolder; readonly store: Pick<Store, 'blob'> }

/** What stands in the day folders that matter; only files in doubt are read. */
export async function lookAtFolder(
  ports: Ports,
  { index, wanted }: { index: FolderIndex; wanted: readonly WantedOutput[] },
  signal?: AbortSignal,
): Promise<StandingFile[]> {
  const days = new Set([...index.keys(), ...wanted.map(({ path }) => path)].map(dayOfOutput))
  const lists = await Promise.all([...days].map((day) => ports.folder.list(day)))
  const standing = lists.flat().map((file): StandingFile => ({ ...file, content: [] }))
  const content = new Map<string, ContentKey[] | undefined>()
  for (const [path, keys] of openQuestions({ index, standing, wanted })) {
    signal?.throwIfAborted()
    content.set(path, await keysOfFile(ports, path, keys))
  }
  return standing.map((file) =>
    content.has(file.path) ? { ...file, content: content.get(file.path) } : file,
  )
}

async function keysOfFile({ folder, store }: Ports, path: string, keys: readonly ContentKey[]) {
  const file = await folder.read(path)
  const found = file && (await keyIfReadable(file))
  if (found === undefined) return undefined
  const expected = await Promise.all(keys.map((key) => hashOf(store, key)))
  return keys.filter((_, index) => expected[index] === found)
}

// JW.org's files are known by their MD5; what hashes to it is known only as long as the bytes are here.
async function hashOf(
  store: Pick<Store, 'blob'>,
  key: ContentKey,
): Promise<ContentKey | undefined> {
  if (!key.startsWith('md5-')) return key
  const blob = await store.blob(key)
  return blob && (await contentKey(blob))
}

// A File is a promise of bytes: only reading tells whether another program locks them or took them away.
async function keyIfReadable(file: Blob): Promise<ContentKey | undefined> {
  try {
    return await contentKey(file)
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}
