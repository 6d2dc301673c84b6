import { strToU8, unzipSync, zipSync } from 'fflate'
import initSqlJs from 'sql.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openPlaylist } from '../../../src/adapters/jwpub/playlist.ts'
import { playlistBytes, playlistFile, talk } from '../../fixtures/playlists.ts'
import { bytesOf, publicationFile } from '../../fixtures/publications.ts'
import { changed, listed } from '../../fixtures/spoilt-zip.ts'

const sqlite = await initSqlJs()
const whole = await playlistBytes()
const stored = await playlistBytes({ isStored: true })
const {
  'userData.db': database = new Uint8Array(),
  'manifest.json': manifest = new Uint8Array(),
  ...media
} = unzipSync(whole)
const publication = new Uint8Array(await (await publicationFile()).arrayBuffer())

function fileOf(bytes: Uint8Array): File {
  return new File([Buffer.from(bytes)], 'talk.jwlplaylist')
}

const refusal = { failure: { kind: 'bad-playlist', name: 'talk.jwlplaylist' } }
const many = Object.fromEntries(
  Array.from({ length: 10_000 }, (_, index) => [`${index}.jpg`, new Uint8Array()]),
)
// Entries stand in the order they were packed: the manifest, the database, the media.
const databaseSize = { index: 1, field: 24 }
const pictureSize = { index: 2, field: 24 }

const bad: [string, () => Uint8Array][] = [
  ['is empty', () => new Uint8Array()],
  ['is a page of HTML', () => strToU8('<!doctype html><title>Not found</title>')],
  ['is a picture', () => bytesOf(100_000)],
  ['is a publication', () => publication],
  ['is a ZIP file of pictures', () => zipSync(media)],
  ['was cut off', () => whole.subarray(0, whole.length - 300)],
  ['lost its beginning', () => whole.subarray(300)],
  ['has a hole in its packed bytes', () => changed(whole, 400, ...new Uint8Array(200))],
  ['has no manifest', () => zipSync({ 'userData.db': database, ...media })],
  ['has no database', () => zipSync({ 'manifest.json': manifest, ...media })],
  [
    'has a manifest that is no JSON',
    () => zipSync({ 'manifest.json': strToU8('{'), 'userData.db': database }),
  ],
  [
    'has a manifest of something else',
    () => zipSync({ 'manifest.json': strToU8('[1]'), 'userData.db': bytesOf(9) }),
  ],
  [
    'has its database in a folder',
    () => zipSync({ 'manifest.json': manifest, 'a/userData.db': database }),
  ],
  [
    'has its database outside of itself',
    () => zipSync({ 'manifest.json': manifest, '../userData.db': database }),
  ],
  [
    'has an empty database',
    () => zipSync({ 'manifest.json': manifest, 'userData.db': new Uint8Array() }),
  ],
  [
    'has a database that is not SQLite',
    () => zipSync({ 'manifest.json': manifest, 'userData.db': bytesOf(20_000) }),
  ],
  [
    'has a database that was cut off',
    () => zipSync({ 'manifest.json': manifest, 'userData.db': database.subarray(0, 5000) }),
  ],
  ['has ten thousand entries', () => zipSync({ ...unzipSync(whole), ...many })],
  ['claims a database of four gigabytes', () => listed(whole, databaseSize, 255, 255, 255, 255)],
  ['claims a database of 64 megabytes', () => listed(whole, databaseSize, 0, 0, 0, 4)],
  ['claims a picture of half a gigabyte', () => listed(whole, pictureSize, 0, 0, 0, 0x20)],
  ['holds a bigger database than it claims', () => listed(whole, databaseSize, 0, 1, 0, 0)],
  ['is encrypted', () => listed(whole, { index: 1, field: 8 }, 1)],
  ['is packed in an unknown way', () => listed(whole, { index: 1, field: 10 }, 99)],
  ['points to where nothing is', () => listed(whole, { index: 1, field: 42 }, 255, 255, 255)],
]

const badTables: [string, string[]][] = [
  ['has no table of items', ['DROP TABLE PlaylistItem']],
  [
    'has items without end',
    [
      'DROP TABLE PlaylistItem',
      `CREATE VIEW PlaylistItem AS WITH RECURSIVE more(PlaylistItemId) AS
         (SELECT 1 UNION ALL SELECT PlaylistItemId + 1 FROM more) SELECT PlaylistItemId FROM more`,
    ],
  ],
  [
    'has more items than any playlist',
    [
      `WITH RECURSIVE more(id) AS (SELECT 200 UNION ALL SELECT id + 1 FROM more LIMIT 1001)
         INSERT INTO PlaylistItem (PlaylistItemId) SELECT id FROM more`,
    ],
  ],
]

describe('a file that', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(bad)('%s is refused', async (_case, bytes) => {
    await expect(openPlaylist(fileOf(bytes()), { sqlite })).rejects.toMatchObject(refusal)
  })

  test.each(badTables)('%s is refused, and its database closed', async (_case, sql) => {
    const file = await playlistFile({ sql })
    const close = vi.spyOn(sqlite.Database.prototype, 'close')
    await expect(openPlaylist(file, { sqlite })).rejects.toMatchObject(refusal)
    expect(close).toHaveBeenCalledOnce()
  })

  test('is larger than any playlist is refused before a byte of it is read', async () => {
    const huge = fileOf(new Uint8Array(8))
    Object.defineProperty(huge, 'size', { value: 2_000_000_001 })
    const slice = vi.spyOn(huge, 'slice')
    await expect(openPlaylist(huge, { sqlite })).rejects.toMatchObject(refusal)
    expect(slice).not.toHaveBeenCalled()
  })
})

describe('a playlist', () => {
  test.each([
    ['holds more than it claims', () => listed(whole, pictureSize, 2, 0, 0, 0)],
    ['holds less than it claims', () => listed(whole, pictureSize, 9, 0, 0, 0)],
    ['is encrypted', () => listed(stored, { index: 2, field: 8 }, 1)],
    ['is packed in an unknown way', () => listed(stored, { index: 2, field: 10 }, 99)],
    ['ends before it', () => listed(stored, { index: 2, field: 42 }, 255, 255, 255)],
  ])('with one file that %s fails for that file alone', async (_case, bytes) => {
    const playlist = await openPlaylist(fileOf(bytes()), { sqlite })
    await expect(playlist.part('IMG_0815.JPG')).rejects.toMatchObject(refusal)
    expect((await playlist.part('thumbnail-0.jpg'))?.size).toBe(4)
  })

  test('names a file by its bare name, whatever folder is named with it', async () => {
    const bytes = bytesOf(9)
    const items = ['../../etc/a.jpg', 'C:\\b.jpg', 'c.jpg'].map((path) => {
      return { label: path, file: { name: 'x.jpg', path, bytes } }
    })
    const playlist = await openPlaylist(await playlistFile({ items }), { sqlite })
    expect(playlist.rows.map(({ file }) => file?.path)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  test('gives no file that wants to lie in a folder', async () => {
    const rest = { 'a/b.jpg': bytesOf(9), '../c.jpg': bytesOf(9) }
    const playlist = await openPlaylist(await playlistFile({ rest }), { sqlite })
    expect(await playlist.part('a/b.jpg')).toBeUndefined()
    expect(await playlist.part('../c.jpg')).toBeUndefined()
  })

  test('is read though its database is called otherwise, or keeps a log', async () => {
    for (const change of [{ database: 'other.db' }, { isLogged: true }, { manifest: {} }]) {
      const { rows } = await openPlaylist(await playlistFile(change), { sqlite })
      expect(rows).toHaveLength(4)
    }
  })

  test.each([
    ['Tag'],
    ['TagMap'],
    ['Location'],
    ['PlaylistItemLocationMap'],
    ['IndependentMedia'],
    ['PlaylistItemIndependentMediaMap'],
  ])('of a generation without %s has all else', async (table) => {
    const { rows } = await openPlaylist(await playlistFile({ omitTables: [table] }), { sqlite })
    expect(rows.map(({ label }) => label).toSorted()).toEqual(
      talk.map(({ label }) => label).toSorted(),
    )
  })

  test.each([
    ['PlaylistItem.ThumbnailFilePath'],
    ['PlaylistItem.Label'],
    ['IndependentMedia.FilePath'],
    ['IndependentMedia.OriginalFilename'],
    ['Location.KeySymbol'],
    ['Location.Title'],
    ['TagMap.Position'],
    ['TagMap.PlaylistItemId'],
    ['Tag.Name'],
  ])('of a generation without %s is read', async (column) => {
    const { rows } = await openPlaylist(await playlistFile({ omitColumns: [column] }), { sqlite })
    expect(rows).toHaveLength(4)
  })

  test('that names a file which is not there does not have it', async () => {
    const sql = ["UPDATE IndependentMedia SET FilePath = 'gone.jpg'"]
    const { rows } = await openPlaylist(await playlistFile({ sql }), { sqlite })
    expect(rows[0]).toEqual({ id: 100, label: 'The Lighthouse', thumbnail: 'thumbnail-0.jpg' })
  })
})
