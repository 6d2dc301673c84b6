import { effectScope } from 'vue'
import { expect, onTestFinished, test } from 'vitest'
import { useFolderBrowser } from '../../../src/app/composables/useFolderBrowser.ts'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import type { Remote } from '../../../src/sync/ports.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const files = {
  'dav/Hall/forcedPrefs.json': '{}',
  'dav/Hall/Media/2026-11-20/picture.jpg': 'bytes',
  'dav/Hall/_sync/devices/hall.json': '{}',
  'dav/Hall/2026-11-20/stray.jpg': 'bytes',
  'dav/Hall/.trash/old.jpg': 'bytes',
  'dav/read me.txt': 'text',
}

// The same server seen from one of its folders; outside `/dav/` there is a web page, and nobody may see the notes in
// `Locked`.
function rootedIn(server: MemoryRemote, folder: string): Remote {
  const root = folder.slice(1, -1)
  const at = (path: string) => [root, path].filter((part) => part !== '').join('/')
  return {
    ...server,
    async list(path, options) {
      if (root === '') throw new Failed({ kind: 'not-webdav' })
      if (at(path) === 'dav/Locked/_sync') throw new Failed({ kind: 'forbidden' })
      const entries = await server.list(at(path), options)
      return entries.map((entry) => ({ ...entry, path: entry.path.slice(root.length + 1) }))
    },
    makeFolder: (path, options) => server.makeFolder(at(path), options),
  }
}

function browse(start: string) {
  const server = memoryRemote({ files })
  const scope = effectScope(true)
  onTestFinished(() => {
    scope.stop()
  })
  const reach = (folder: string) => Promise.resolve(rootedIn(server, folder))
  const browser = scope.run(() => useFolderBrowser(reach, start))
  if (!browser) throw new Error('the scope has ended')
  return {
    ...browser,
    server,
    stop: () => {
      scope.stop()
    },
  }
}

test('the VO sees the folders where the address leads, and how many files lie beside them', async () => {
  const { begin, view, way } = browse('/dav/Hall/')
  expect(await begin()).toBe(true)
  expect(view.value).toEqual({
    folder: '/dav/Hall/',
    rows: [
      { name: '_sync', role: 'notes' },
      { name: '2026-11-20', role: 'day' },
      { name: 'Media', role: 'part' },
    ],
    files: 1,
    isInUse: true,
  })
  expect(way.value).toEqual(['/', '/dav/', '/dav/Hall/'])
})

test('a folder in which only the connection was tested is not in use yet', async () => {
  const { begin, view, server } = browse('/dav/New/')
  server.seed({ 'dav/New/_sync/tmp/0001': 'Is there room here?' })
  await begin()
  expect(view.value?.isInUse).toBe(false)
  server.seed({ 'dav/New/_sync/devices/hall.json': '{}' })
  await begin()
  expect(view.value?.isInUse).toBe(true)
})

test('notes that may not be seen are taken for a folder in use', async () => {
  const { begin, view, server } = browse('/dav/Locked/')
  server.seed({ 'dav/Locked/_sync/tmp/0001': 'Is there room here?' })
  expect(await begin()).toBe(true)
  expect(view.value?.isInUse).toBe(true)
})

test('folders stand in the order in which people count', async () => {
  const { begin, view, server } = browse('/dav/')
  server.seed({ 'dav/Hall 10/a': 'x', 'dav/Hall 2/a': 'x' })
  await begin()
  expect(view.value?.rows.map(({ name }) => name)).toEqual(['Hall', 'Hall 2', 'Hall 10'])
})

test('a folder that is not there yet leads to the deepest one above it, and its name is remembered', async () => {
  const { begin, view, missing, failure } = browse('/dav/Congregation/Media/')
  expect(await begin()).toBe(true)
  expect(view.value?.folder).toBe('/dav/')
  expect(missing.value).toBe('Congregation')
  expect(failure.value).toBeUndefined()
})

test('the VO makes the folder that was missing, and is in it', async () => {
  const { begin, create, view, missing, server } = browse('/dav/Congregation/')
  await begin()
  expect(await create('Congregation')).toBe(true)
  expect(server.paths()).toContain('dav/Congregation/')
  expect(view.value).toEqual({ folder: '/dav/Congregation/', rows: [], files: 0, isInUse: false })
  expect(missing.value).toBeUndefined()
})

test('a name that leads elsewhere makes nothing', async () => {
  const { begin, create, server } = browse('/dav/')
  await begin()
  expect(await create('../Congregation')).toBe(false)
  expect(server.calls.map(({ method }) => method)).not.toContain('makeFolder')
})

test('whoever may not make folders stays where they are, and hears it', async () => {
  const { begin, create, view, failure, server } = browse('/dav/')
  await begin()
  server.failNext('makeFolder', { kind: 'forbidden' })
  expect(await create('Congregation')).toBe(false)
  expect(failure.value).toEqual({ kind: 'forbidden' })
  expect(view.value?.folder).toBe('/dav/')
})

test('another folder is opened, and what was missing is forgotten', async () => {
  const { begin, open, view, missing } = browse('/dav/Congregation/')
  await begin()
  expect(await open('/dav/Hall/')).toBe(true)
  expect(view.value?.folder).toBe('/dav/Hall/')
  expect(missing.value).toBeUndefined()
})

test('above the WebDAV address there is only a web page: one stays, and is not led there again', async () => {
  const { begin, open, view, way, failure } = browse('/dav/Hall/')
  await begin()
  expect(await open('/')).toBe(false)
  expect(failure.value).toEqual({ kind: 'not-webdav' })
  expect(view.value?.folder).toBe('/dav/Hall/')
  expect(way.value).toEqual(['/dav/', '/dav/Hall/'])
})

test.each<Failure>([{ kind: 'offline' }, { kind: 'server', status: 503 }])(
  'trouble that may pass closes no way: %j',
  async (trouble) => {
    const { begin, open, way, server } = browse('/dav/Hall/')
    await begin()
    server.failNext('list', trouble)
    expect(await open('/dav/')).toBe(false)
    expect(way.value).toContain('/dav/')
    expect(await open('/dav/')).toBe(true)
  },
)

test('a wrong password is tried once, not at every folder on the way up', async () => {
  const { begin, view, failure, server } = browse('/dav/a/b/c/')
  server.failNext('list', { kind: 'unauthorized' })
  expect(await begin()).toBe(false)
  expect(failure.value).toEqual({ kind: 'unauthorized' })
  expect(view.value).toBeUndefined()
  expect(server.calls).toHaveLength(1)
})

test('of two folders asked for in a row the later one is shown', async () => {
  const { begin, open, view, isBusy } = browse('/dav/')
  await begin()
  const both = [open('/dav/Hall/'), open('/dav/Hall/Media/')]
  expect(isBusy.value).toBe(true)
  expect(await Promise.all(both)).toEqual([false, true])
  expect(view.value?.folder).toBe('/dav/Hall/Media/')
  expect(isBusy.value).toBe(false)
})

test('who closes the list hears nothing more of it', async () => {
  const { begin, view, failure, stop } = browse('/dav/')
  const beginning = begin()
  stop()
  expect(await beginning).toBe(false)
  expect(view.value).toBeUndefined()
  expect(failure.value).toBeUndefined()
})
