import { expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { fileSystemFolder } from '../../src/adapters/folder/folder.ts'
import { permissionOf } from '../../src/adapters/folder/permission.ts'
import { Failed } from '../../src/domain/failure.ts'
import { folderContract } from './folder-contract.ts'

async function newDirectory(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return await root.getDirectoryHandle(crypto.randomUUID(), { create: true })
}

folderContract('origin-private directory', async () => fileSystemFolder(await newDirectory()), {
  isDisk: true,
})

test('a media folder that somebody deleted is said to be gone, whatever is asked of it', async () => {
  const directory = await newDirectory()
  const folder = fileSystemFolder(directory)
  await folder.write('2026-11-20/a.jpg', new Blob(['a']))
  const root = await navigator.storage.getDirectory()
  await root.removeEntry(directory.name, { recursive: true })
  const gone = { failure: { kind: 'folder-gone' } }
  await expect(folder.list('2026-11-20')).rejects.toMatchObject(gone)
  await expect(folder.read('2026-11-20/a.jpg')).rejects.toMatchObject(gone)
  await expect(folder.write('2026-11-20/b.jpg', new Blob(['b']))).rejects.toMatchObject(gone)
  await expect(folder.remove('2026-11-20/a.jpg')).rejects.toMatchObject(gone)
})

test('a folder that stands where a file belongs is in the way', async () => {
  const directory = await newDirectory()
  const day = await directory.getDirectoryHandle('2026-11-20', { create: true })
  await day.getDirectoryHandle('01 - song.mp4', { create: true })
  const folder = fileSystemFolder(directory)
  const path = '2026-11-20/01 - song.mp4'
  expect(await folder.list('2026-11-20')).toEqual([])
  expect(await folder.read(path)).toBeUndefined()
  await expect(folder.write(path, new Blob(['a']))).rejects.toMatchObject({
    failure: { kind: 'foreign-file', path },
  })
})

test('a directory of the app itself needs no permission', async () => {
  expect(await permissionOf(await newDirectory())).toBe('granted')
})

test('a full disk is said to be full, and the old file stays', async () => {
  const folder = fileSystemFolder(await newDirectory())
  await folder.write('2026-11-20/a.jpg', new Blob(['old']))
  const { origin } = location
  // Small, and made before: Chromium keeps a bigger Blob where there may be no room for it either (NotReadableError).
  const film = new Blob([new Uint8Array(200_000)])
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  try {
    // The browser's own word stands beside ours, for the day they differ.
    const full = { kind: 'quota', cause: 'QuotaExceededError' }
    expect(await refusalOf(folder.write('2026-11-20/a.jpg', film))).toEqual(full)
    expect(await refusalOf(folder.write('2026-11-20/b.mp4', film))).toEqual(full)
  } finally {
    await cdp().send('Storage.overrideQuotaForOrigin', { origin })
  }
  expect((await folder.list('2026-11-20')).map(({ path, size }) => [path, size])).toEqual([
    ['2026-11-20/a.jpg', 3],
  ])
})

async function refusalOf(writing: Promise<unknown>): Promise<unknown> {
  const error: unknown = await writing.catch((reason: unknown) => reason)
  if (!(error instanceof Failed)) return error
  const { cause } = error
  return { kind: error.failure.kind, cause: cause instanceof DOMException ? cause.name : cause }
}
