import { describe, expect, test } from 'vitest'
import {
  isFolderName,
  isInUse,
  isNeverChosen,
  wayTo,
  wholeOf,
} from '../../../src/domain/folder-choice.ts'

describe('a folder that looks like the inside of a sync folder', () => {
  test.each([
    ['/Congregation/Media/', '/Congregation/'],
    ['/Congregation/Hidden/', '/Congregation/'],
    ['/Congregation/Media/2026-11-20/', '/Congregation/'],
    ['/Congregation/Media/20-11-2026 - Freitag/', '/Congregation/'],
    ['/Congregation/2026-11-20/Media/', '/Congregation/'],
    ['/Congregation/_sync/', '/Congregation/'],
    ['/Congregation/_sync/devices/', '/Congregation/'],
    ['/Media/Congregation/Media/', '/Media/Congregation/'],
    ['/Media/', '/'],
  ])('%s is a part of %s', (folder, whole) => {
    expect(wholeOf(folder)).toBe(whole)
  })

  test.each(['/', '/Congregation/', '/Media/Congregation/', '/Meeting 2026/', '/media files/'])(
    'is not %s',
    (folder) => {
      expect(wholeOf(folder)).toBe(folder)
    },
  )

  test('is never the right one if it is the folder of a day or holds Lectern’s notes', () => {
    expect(isNeverChosen('/Congregation/Media/2026-11-20/')).toBe(true)
    expect(isNeverChosen('/Congregation/_sync/devices/')).toBe(true)
    expect(isNeverChosen('/Congregation/Media/')).toBe(false)
  })
})

test.each([
  [['Hidden', 'Media'], [], true],
  [['Media', 'forcedPrefs.json'], [], true],
  [['_sync'], ['tmp', 'devices'], true],
  [['_sync'], ['weeks'], true],
  [['Media', 'Pictures'], [], false],
  // All that a test of the connection leaves.
  [['_sync'], ['tmp'], false],
  [['_sync'], [], false],
])('a folder with %j in it, and of notes %j, is in use: %s', (names, notes, expected) => {
  expect(isInUse(names, notes)).toBe(expected)
})

describe('the way to a folder', () => {
  test.each([
    ['/', ['/']],
    ['/dav/Hall/', ['/', '/dav/', '/dav/Hall/']],
    [
      '/cloud/remote.php/dav/files/vo/Hall/',
      ['/cloud/remote.php/dav/files/vo/', '/cloud/remote.php/dav/files/vo/Hall/'],
    ],
    ['/remote.php/webdav/', ['/remote.php/webdav/']],
    ['/upstream/koofr/Koofr/', ['/upstream/koofr/', '/upstream/koofr/Koofr/']],
  ])('%s begins where there is something to choose', (folder, way) => {
    expect(wayTo(folder)).toEqual(way)
  })

  test('begins lower where that is known', () => {
    expect(wayTo('/dav/vo/Hall/', '/dav/vo/')).toEqual(['/dav/vo/', '/dav/vo/Hall/'])
  })
})

test('a new folder is called what any server takes', () => {
  const names = ['Hall', 'Gemeinde Köln', '', ' ', 'a/b', 'a\\b', '..', ' Hall', 'a\nb']
  expect(names.filter(isFolderName)).toEqual(['Hall', 'Gemeinde Köln'])
})
