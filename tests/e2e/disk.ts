import { createHash } from 'node:crypto'
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseDeviceFile } from '../../src/sync/documents.ts'

/** The files below a directory with the MD5 of their bytes; Lectern's index and order files, all hidden, left out. */
export async function treeOf(directory: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {}
  const media = (await filesIn(directory)).filter((path) => !basename(path).startsWith('.'))
  for (const path of media) {
    tree[path] = createHash('md5')
      .update(await readFile(join(directory, path)))
      .digest('hex')
  }
  return tree
}

/** When each file was last written, the hidden ones included: a proof that nothing was touched. */
export async function timesOf(directory: string): Promise<Record<string, number>> {
  const times: Record<string, number> = {}
  for (const path of await filesIn(directory)) {
    times[path] = (await stat(join(directory, path))).mtimeMs
  }
  return times
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
}

export function md5(body: Buffer | string): string {
  return createHash('md5').update(body).digest('hex')
}

/** The four words that the devices told, as they stand in the sync folder of the server that keeps its data here. */
export async function toldWords(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, 'dav', '_sync', 'devices')
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) => parseDeviceFile(text)?.receipt?.words ?? [])
}
