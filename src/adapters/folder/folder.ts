import { nameOf, parentOf } from '../../domain/layout.ts'
import type { FolderFile, MediaFolder } from '../../sync/ports.ts'
import { failedIn, orUndefined } from './failed.ts'

// One write for the whole is fastest; cut this coarsely, a cancelled film still stops soon.
const pieceBytes = 64 * 1024 * 1024

/** The MediaFolder port on a directory that the user chose, or on one of the origin-private file system. */
export function fileSystemFolder(top: FileSystemDirectoryHandle): MediaFolder {
  const guarded = async <T>(path: string, work: Promise<T>, signal?: AbortSignal): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw signal?.aborted && error === signal.reason ? error : await failedIn(top, path, error)
    }
  }
  return {
    name: top.name,
    list: (folder) => guarded(folder, list(top, folder)),
    read: (path) => guarded(path, read(top, path)),
    write: (path, body, { signal } = {}) =>
      guarded(path, write({ top, path, body, signal }), signal),
    remove: (path) => guarded(path, remove(top, path)),
    removeEmpty: (folder) => guarded(folder, removeEmpty(top, folder)),
  }
}

const notThere = ['NotFoundError', 'TypeMismatchError']

async function list(top: FileSystemDirectoryHandle, folder: string): Promise<FolderFile[]> {
  const directory = await orUndefined(notThere, directoryAt(top, folder))
  if (!directory) {
    await assertStanding(top)
    return []
  }
  const files: Promise<FolderFile | undefined>[] = []
  for await (const handle of directory.values()) {
    if (handle.kind !== 'file') continue
    const path = folder ? `${folder}/${handle.name}` : handle.name
    files.push(orUndefined(notThere, fileAt(path, handle)))
  }
  return (await Promise.all(files)).filter((file) => file !== undefined)
}

// To ask a missing folder for a subfolder and to ask for a missing subfolder fail alike; only listing tells them apart.
async function assertStanding(top: FileSystemDirectoryHandle): Promise<void> {
  await top.values().next()
}

async function directoryAt(
  top: FileSystemDirectoryHandle,
  folder: string,
  options: { create?: boolean } = {},
): Promise<FileSystemDirectoryHandle> {
  return folder ? await top.getDirectoryHandle(folder, options) : top
}

async function fileAt(path: string, handle: FileSystemFileHandle): Promise<FolderFile> {
  const { size, lastModified } = await handle.getFile()
  return { path, size, modified: lastModified }
}

async function read(top: FileSystemDirectoryHandle, path: string): Promise<Blob | undefined> {
  const file = await orUndefined(notThere, openFile(top, path))
  if (!file) await assertStanding(top)
  return file
}

async function openFile(top: FileSystemDirectoryHandle, path: string): Promise<File> {
  const directory = await directoryAt(top, parentOf(path))
  return await (await directory.getFileHandle(nameOf(path))).getFile()
}

type Writing = {
  readonly top: FileSystemDirectoryHandle
  readonly path: string
  readonly body: Blob
  readonly signal: AbortSignal | undefined
}

async function write({ top, path, body, signal }: Writing): Promise<FolderFile> {
  signal?.throwIfAborted()
  const directory = await directoryAt(top, parentOf(path), { create: true })
  const old = await orUndefined(['NotFoundError'], directory.getFileHandle(nameOf(path)))
  const handle = old ?? (await directory.getFileHandle(nameOf(path), { create: true }))
  try {
    await fill(handle, body, signal)
  } catch (error) {
    if (!old) await removeLeftover(directory, handle.name)
    throw error
  }
  return await fileAt(path, handle)
}

// Chromium 156 lets go of a file only some milliseconds after `abort` has resolved, once in fifteen times.
const retryDelaysMs = [0, 10, 50, 250]

// The empty file that creating has left; where it cannot be removed, the next export knows it for ours.
async function removeLeftover(directory: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (const delayMs of retryDelaysMs) {
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    const [removal] = await Promise.allSettled([directory.removeEntry(name)])
    if (removal.status === 'fulfilled') return
  }
}

async function fill(
  handle: FileSystemFileHandle,
  body: Blob,
  signal: AbortSignal | undefined,
): Promise<void> {
  const writable = await handle.createWritable()
  try {
    for (let from = 0; from < body.size; from += pieceBytes) {
      signal?.throwIfAborted()
      await writable.write(body.slice(from, from + pieceBytes))
    }
    signal?.throwIfAborted()
    await writable.close()
  } catch (error) {
    // A stream that failed is closed already and says so; what failed first is what counts.
    await Promise.allSettled([writable.abort()])
    throw error
  }
}

async function remove(top: FileSystemDirectoryHandle, path: string): Promise<void> {
  const directory = await orUndefined(notThere, directoryAt(top, parentOf(path)))
  const removal = directory?.removeEntry(nameOf(path)).then(() => true)
  if (!removal || !(await orUndefined(['NotFoundError'], removal))) await assertStanding(top)
}

async function removeEmpty(top: FileSystemDirectoryHandle, folder: string): Promise<void> {
  // Without `recursive` a folder with anything in it stays.
  const removal = top.removeEntry(folder).then(() => true)
  if (!(await orUndefined(['InvalidModificationError', 'NotFoundError'], removal))) {
    await assertStanding(top)
  }
}
