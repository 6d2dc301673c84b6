// What every MediaFolder does, as plain functions: they also run inside a page, where no test runner is.
import { failureOf } from '../../src/domain/failure.ts'
import { safeName } from '../../src/domain/naming.ts'
import type { FolderFile, MediaFolder } from '../../src/sync/ports.ts'

export type FolderCase = {
  readonly title: string
  readonly run: (folder: MediaFolder) => Promise<void>
}

const text = (content: string) => new Blob([content])

function same(actual: unknown, expected: unknown): void {
  const [got, want] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== want) throw new Error(`expected ${want}, got ${got}`)
}

async function rejection(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error ?? 'rejected',
  )
  if (outcome === undefined) throw new Error('expected a rejection')
  return outcome
}

async function textAt(folder: MediaFolder, path: string): Promise<string | undefined> {
  return (await folder.read(path))?.text()
}

async function pathsIn(folder: MediaFolder, day: string): Promise<string[]> {
  return (await folder.list(day)).map(({ path }) => path).sort()
}

/** A film whose every piece differs from the next. */
function film(bytes: number): Blob {
  const pieces = Array.from({ length: bytes / 4096 }, (_, at) => new Uint32Array(1024).fill(at))
  return new Blob(pieces)
}

async function digest(blob: Blob | undefined): Promise<string> {
  const bytes = new Uint8Array(
    await crypto.subtle.digest('SHA-256', (await blob?.arrayBuffer()) ?? new ArrayBuffer(0)),
  )
  return bytes.join(' ')
}

const oddNames = [
  'CON.jpg',
  'a:b?.mp4',
  '~film.mp4',
  'photo.lnk',
  'desktop.ini',
  'Thumbs.db',
  'dots... .png',
  '.hidden.jpg',
  'Лето 44 – «песня».mp4',
  '日本語の歌.mp3',
  '👨‍👩‍👧.png',
  `${'ö'.repeat(300)}.jpeg`,
  'a/b\\c|d.pdf',
  'page.html',
]

export const folderCases: readonly FolderCase[] = [
  {
    title: 'a folder without media lists nothing, for a day that never was as well',
    async run(folder) {
      same(await folder.list(''), [])
      same(await folder.list('2026-11-20'), [])
      same(await folder.read('2026-11-20/01 - song.mp4'), undefined)
      same(await folder.read('.lectern.json'), undefined)
    },
  },
  {
    title: 'a written file stands in the folder of its day, and write says what is listed',
    async run(folder) {
      const written = await folder.write('2026-11-20/01 - song.mp4', text('la la'))
      const listed: FolderFile[] = await folder.list('2026-11-20')
      same(
        listed.map(({ path, size, modified }) => [path, size, modified]),
        [['2026-11-20/01 - song.mp4', 5, written.modified]],
      )
      same(
        [written.path, written.size, written.modified > 0],
        ['2026-11-20/01 - song.mp4', 5, true],
      )
      same(await textAt(folder, '2026-11-20/01 - song.mp4'), 'la la')
      same(await folder.list(''), [])
    },
  },
  {
    title: 'a file is replaced whole, by a shorter one too',
    async run(folder) {
      await folder.write('2026-11-20/map.jpg', text('a long old map'))
      const { size } = await folder.write('2026-11-20/map.jpg', text('new'))
      same([size, await textAt(folder, '2026-11-20/map.jpg')], [3, 'new'])
      same(await pathsIn(folder, '2026-11-20'), ['2026-11-20/map.jpg'])
    },
  },
  {
    title: 'the index lies at the top, beside the days and not among their files',
    async run(folder) {
      await folder.write('.lectern.json', text('{}'))
      await folder.write('2026-11-20/map.jpg', text('map'))
      same(await pathsIn(folder, ''), ['.lectern.json'])
      same(await pathsIn(folder, '2026-11-20'), ['2026-11-20/map.jpg'])
    },
  },
  {
    title: 'several files of a day can be written at once',
    async run(folder) {
      const names = Array.from({ length: 12 }, (_, at) => `2026-11-20/${String(at)}.txt`)
      await Promise.all(names.map((path) => folder.write(path, text(path))))
      same(await pathsIn(folder, '2026-11-20'), [...names].sort())
      for (const path of names) same(await textAt(folder, path), path)
    },
  },
  {
    title: 'an empty file is a file',
    async run(folder) {
      same((await folder.write('2026-11-20/empty.txt', text(''))).size, 0)
      same(await textAt(folder, '2026-11-20/empty.txt'), '')
    },
  },
  {
    title: 'a removed file is gone, its neighbour stays, and removing again is fine',
    async run(folder) {
      await folder.write('2026-11-20/a.jpg', text('a'))
      await folder.write('2026-11-20/b.jpg', text('b'))
      await folder.remove('2026-11-20/a.jpg')
      await folder.remove('2026-11-20/a.jpg')
      await folder.remove('2026-12-24/never.jpg')
      same(await pathsIn(folder, '2026-11-20'), ['2026-11-20/b.jpg'])
    },
  },
  {
    title: 'only an empty day is removed',
    async run(folder) {
      await folder.write('2026-11-20/a.jpg', text('a'))
      await folder.removeEmpty('2026-11-20')
      same(await pathsIn(folder, '2026-11-20'), ['2026-11-20/a.jpg'])
      await folder.remove('2026-11-20/a.jpg')
      await folder.removeEmpty('2026-11-20')
      await folder.removeEmpty('2026-11-20')
      same(await folder.list('2026-11-20'), [])
    },
  },
  {
    title: 'a cancelled write rejects with its reason, leaves the old file, and no new one',
    async run(folder) {
      await folder.write('2026-11-20/old.mp4', text('old'))
      const signal = AbortSignal.abort()
      for (const path of ['2026-11-20/old.mp4', '2026-11-20/new.mp4']) {
        const error = await rejection(folder.write(path, text('new'), { signal }))
        same(error === signal.reason, true)
      }
      same(await pathsIn(folder, '2026-11-20'), ['2026-11-20/old.mp4'])
      same(await textAt(folder, '2026-11-20/old.mp4'), 'old')
    },
  },
  {
    title: 'a film that is cancelled on its way leaves neither a file nor a piece of one',
    async run(folder) {
      const stop = new AbortController()
      const writing = rejection(
        folder.write('2026-11-20/film.mp4', film(96 * 1024 * 1024), { signal: stop.signal }),
      )
      stop.abort()
      same((await writing) === stop.signal.reason, true)
      same(await folder.list('2026-11-20'), [])
      await folder.removeEmpty('2026-11-20')
    },
  },
  {
    title: 'a film of several pieces arrives byte by byte',
    async run(folder) {
      const body = film(80 * 1024 * 1024)
      same((await folder.write('2026-11-20/film.mp4', body)).size, body.size)
      same(await digest(await folder.read('2026-11-20/film.mp4')), await digest(body))
    },
  },
  {
    title: 'every name that Lectern makes is accepted and listed as it is',
    async run(folder) {
      const paths = oddNames.map((name) => `2026-11-20/${safeName(name)}`)
      for (const path of paths) await folder.write(path, text(path))
      same(await pathsIn(folder, '2026-11-20'), [...paths].sort())
      for (const path of paths) same(await textAt(folder, path), path)
    },
  },
]

/** What only a real file system can do: its files are promises of bytes, broken once somebody writes to them. */
export const diskCases: readonly FolderCase[] = [
  {
    title: 'bytes that cannot be read any more are a failure, and leave the old file',
    async run(folder) {
      await folder.write('2026-11-20/old.mp4', text('old'))
      await folder.write('2026-11-21/source.mp4', text('first'))
      const source = await folder.read('2026-11-21/source.mp4')
      await folder.write('2026-11-21/source.mp4', text('second, and longer'))
      const error = await rejection(folder.write('2026-11-20/old.mp4', source ?? new Blob([])))
      same(failureOf(error)?.kind, 'file-busy')
      same(await textAt(folder, '2026-11-20/old.mp4'), 'old')
    },
  },
]
