import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayFormats, folderName } from '../../../src/domain/day.ts'
import {
  fileIdentity,
  folderFor,
  foldersOf,
  isUnsafePath,
  nameOf,
  parentOf,
  placeOf,
  readListing,
  readPlace,
  type Entry,
  type Listing,
} from '../../../src/domain/layout.ts'
import { repeatedAndShuffled } from './congregation.ts'

function folder(path: string): Entry {
  return { path, kind: 'folder', size: 0 }
}

function file(path: string, size = 1_000): Entry {
  return { path, kind: 'file', size, etag: `${path} ${size}`, modified: 1 }
}

function listing(...entries: readonly Entry[]): Listing {
  return { entries, unread: [] }
}

describe('a folder of the sync folder', () => {
  test('stands for a day or for every meeting', () => {
    expect(placeOf('Media/2026-11-20')).toBe('2026-11-20')
    expect(placeOf('Media/20-11-2026 - sexta-feira')).toBe('2026-11-20')
    expect(placeOf('Hidden/2026-11-20 - пятница')).toBe('2026-11-20')
    expect(placeOf('Media/Recurring')).toBe('recurring')
  })

  test('stands for nothing elsewhere, deeper or spelled otherwise', () => {
    const others = [
      '',
      'Media',
      'Hidden',
      'Hidden/Recurring',
      'Media/recurring',
      'media/2026-11-20',
      'Media/2026-11-20/more',
      'Photos/2026-11-20',
      '2026-11-20',
      '_sync/2026-11-20',
      'Media/',
      'Media//2026-11-20',
      'Media/Talk 2019-01-01',
    ]
    expect(others.filter((path) => placeOf(path) !== undefined)).toEqual([])
  })

  test('is written and read back in every format', () => {
    for (const format of dayFormats) {
      const path = folderFor(listing(), 'Media', '2026-11-20', format)
      expect(path).toBe(`Media/${folderName('2026-11-20', format)}`)
      expect(placeOf(path)).toBe('2026-11-20')
    }
  })
})

describe('the folder to write into', () => {
  test('is the one that exists, whatever the format', () => {
    const there = listing(folder('Media/2026-11-20 - Freitag'), folder('Hidden/2026-11-20'))
    expect(folderFor(there, 'Media', '2026-11-20', 'DD-MM-YYYY')).toBe('Media/2026-11-20 - Freitag')
    expect(folderFor(there, 'Hidden', '2026-11-20')).toBe('Hidden/2026-11-20')
  })

  test('is the plainest of several, whoever listed them in what order', () => {
    const folders = ['Media/2026-11-20 - Friday', 'Media/20-11-2026', 'Media/2026-11-20'].map(
      folder,
    )
    fc.assert(
      fc.property(repeatedAndShuffled(folders), (shuffled) => {
        expect(folderFor(listing(...shuffled), 'Media', '2026-11-20')).toBe('Media/2026-11-20')
      }),
    )
  })

  test('is spelled as the day’s other folder, for M³ pairs the two by spelling', () => {
    const media = listing(folder('Media/20-11-2026 - vendredi'))
    expect(folderFor(media, 'Hidden', '2026-11-20', 'YYYY-MM-DD')).toBe(
      'Hidden/20-11-2026 - vendredi',
    )
    const hidden = listing(folder('Hidden/2026-11-20 - Friday'))
    expect(folderFor(hidden, 'Media', '2026-11-20')).toBe('Media/2026-11-20 - Friday')
  })

  test('is no file, and none of another day', () => {
    const other = listing(file('Media/2026-11-20 - Friday'), folder('Media/2026-11-21 - Saturday'))
    expect(folderFor(other, 'Media', '2026-11-20', 'DD-MM-YYYY')).toBe('Media/20-11-2026')
  })

  test('of recurring media is always the same', () => {
    expect(folderFor(listing(), 'Media', 'recurring', 'DD-MM-YYYY')).toBe('Media/Recurring')
    expect(foldersOf(listing(folder('Media/Recurring')), 'Media', 'recurring')).toEqual([
      'Media/Recurring',
    ])
  })
})

describe('the sync folder', () => {
  test('is read by its meaning', () => {
    const contents = readListing(
      listing(
        folder('Media'),
        folder('Media/2026-11-20'),
        file('Media/2026-11-20/photo.jpg'),
        folder('Media/Recurring'),
        file('Media/Recurring/year-text.jpg'),
        folder('Hidden'),
        folder('Hidden/2026-11-20'),
        file('Hidden/2026-11-20/03-01 - Song 44 - X.mp4', 0),
        file('forcedPrefs.json'),
        folder('_sync'),
        file('_sync/devices/tablet.json'),
        file('notes.txt'),
        folder('Photos'),
        file('Photos/2026-11-20/a.jpg'),
      ),
    )
    expect(contents.files.map(fileIdentity)).toEqual([
      '["recurring","year-text.jpg"]',
      '["2026-11-20","photo.jpg"]',
    ])
    expect(contents.markers).toEqual([{ day: '2026-11-20', name: '03-01 - Song 44 - X.mp4' }])
    expect(contents.odd).toEqual([])
  })

  test('merges the folders of one day, and takes the same file in two of them once', () => {
    const { files, markers } = readListing(
      listing(
        file('Media/2026-11-20/a.jpg', 5),
        file('Media/2026-11-20 - Friday/a.jpg', 5),
        file('Media/2026-11-20 - Friday/b.jpg', 6),
        file('Media/20-11-2026/b.jpg', 7),
        file('Hidden/20-11-2026/x.mp4'),
        file('Hidden/2026-11-20/y.mp4'),
      ),
    )
    expect(files.map(({ name, size }) => `${name} ${size}`).sort()).toEqual([
      'a.jpg 5',
      'b.jpg 6',
      'b.jpg 7',
    ])
    expect(files.find(({ name }) => name === 'a.jpg')?.source).toMatchObject({
      path: 'Media/2026-11-20/a.jpg',
    })
    expect(markers.map(({ name }) => name).sort()).toEqual(['x.mp4', 'y.mp4'])
  })

  test('reports what means nothing to it instead of guessing', () => {
    const odd = [
      folder('Media/Talk 2019-01-01'),
      file('Media/Talk 2019-01-01/slides.pdf'),
      file('Media/loose.jpg'),
      folder('Media/2026-11-20/deeper'),
      file('Media/2026-11-20/deeper/a.jpg'),
      folder('Media/2023-13-45'),
      folder('Hidden/someday'),
      file('Hidden/Recurring/a.jpg'),
      file('Media/2026-11-21'),
      file('Hidden/Recurring2'),
    ]
    const { files, markers, odd: found } = readListing(listing(folder('Hidden/Recurring'), ...odd))
    expect([...files, ...markers]).toEqual([])
    expect([...found].sort()).toEqual(odd.map(({ path }) => path).sort())
  })

  test('is the same in whatever order, and however often, a server lists it', () => {
    const entries = [
      folder('Media/2026-11-20'),
      file('Media/2026-11-20/a.jpg', 5),
      file('Media/2026-11-20 - Friday/a.jpg', 5),
      file('Media/20-11-2026/a.jpg', 6),
      file('Media/20-11-2026/cafe\u0301.jpg'),
      file('Media/2026-11-20/café.jpg'),
      file('Media/Recurring/r.jpg'),
      file('Hidden/2026-11-20/a.jpg', 0),
      file('Media/odd'),
      file('Media/Talk/a.jpg'),
    ]
    const once = readListing(listing(...entries))
    fc.assert(
      fc.property(repeatedAndShuffled(entries), (shuffled) => {
        expect(readListing(listing(...shuffled))).toEqual(once)
      }),
    )
  })
})

describe('a path', () => {
  test('has a name and a parent', () => {
    expect([nameOf('Media/2026-11-20/a.jpg'), parentOf('Media/2026-11-20/a.jpg')]).toEqual([
      'a.jpg',
      'Media/2026-11-20',
    ])
    expect([nameOf('Media'), parentOf('Media')]).toEqual(['Media', ''])
  })

  test.each([
    '../a',
    'Media/../../a',
    'Media//a',
    '/Media',
    'Media/',
    './a',
    'a\\..\\b',
    'a\u0000b',
    'a\nb',
    'a\ud83d',
    '',
  ])('like %j is unsafe', (path) => {
    expect(isUnsafePath(path)).toBe(true)
  })

  test.each([
    'Media/2026-11-20/a.jpg',
    'Media/...',
    'Media/..a',
    'Café/😀.jpg',
    'a%2e%2e/b',
    '100%',
  ])('like %j is safe', (path) => {
    expect(isUnsafePath(path)).toBe(false)
    expect(encodeURI(path)).not.toBe('')
  })

  test('of a place in an address is a day or recurring', () => {
    expect(['2026-11-20', 'recurring'].map(readPlace)).toEqual(['2026-11-20', 'recurring'])
    expect(['', 'Recurring', '2026-02-30', '20-11-2026'].map(readPlace)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a file of a server without ETags', () => {
  const bare = (path: string, modified: number): Entry => ({
    path,
    kind: 'file',
    size: 1,
    modified,
  })
  const doubtful = (...entries: readonly Entry[]) =>
    readListing(listing(...entries)).files.flatMap(({ name, source }) =>
      source.at === 'remote' && source.isUnsettled ? [name] : [],
    )

  test('is in doubt while nothing in the sync folder is two seconds newer, whoever wrote that', () => {
    const old = bare('Media/2026-11-20/old.jpg', 10_000)
    const young = bare('Media/2026-11-20/young.jpg', 11_000)
    expect(doubtful(old, young)).toEqual(['old.jpg', 'young.jpg'])
    expect(doubtful(old, young, bare('forcedPrefs.json', 12_500))).toEqual(['young.jpg'])
    expect(doubtful(old, young, bare('_sync/devices/a.json', 13_000))).toEqual([])
  })

  test('is in no doubt where the server has an ETag for it', () => {
    expect(doubtful({ ...bare('Media/2026-11-20/a.jpg', 10_000), etag: 'strong' })).toEqual([])
  })
})
