import { readFileSync } from 'node:fs'
import { strToU8, zipSync, type Zippable } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receiveFile, verdictOn } from '../../../src/sync/offers/files.ts'
import { zipNames } from '../../../src/sync/offers/zip-names.ts'

const jpeg = readFileSync(new URL('../../../server/sample-media/field.jpg', import.meta.url))

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name)
const packed = (entries: Zippable) => new Uint8Array(zipSync(entries))
const playlist = packed({ 'manifest.json': strToU8('{}'), 'userData.db': strToU8('SQLite') })
const publication = packed({ 'manifest.json': strToU8('{}'), contents: strToU8('PK') })

describe('a file that somebody brings', () => {
  test('is offered under the name that its bytes ask for, and as it is', async () => {
    const brought = file('Visit.png', jpeg)
    const received = await receiveFile(brought)
    if (received.is !== 'offer') throw new Error(received.is)
    expect(received.doubt).toBeUndefined()
    expect(received.offer).toMatchObject({ name: 'Visit.jpg', size: jpeg.length })
    expect(await received.offer.bytes()).toBe(brought)
  })

  test('is offered with a doubt where a person must say whether it is meant', async () => {
    const received = await receiveFile(file('Notes.txt', 'Bring two microphones'))
    expect(received).toMatchObject({ is: 'offer', doubt: { of: 'document' } })
  })

  test.each([
    ['Talk.zip', playlist, 'playlist', 'Talk.jwlplaylist'],
    ['mwb', publication, 'publication', 'mwb.jwpub'],
  ])('is told as what it is: %s', async (name, bytes, kind, mended) => {
    const received = await receiveFile(file(name, bytes))
    expect(received).toMatchObject({ is: 'collection', kind })
    if (received.is !== 'collection') return
    expect([received.file.name, received.file.size]).toEqual([mended, bytes.length])
  })

  test.each([
    ['Talk.jwlplaylist', packed({ 'holiday.jpg': jpeg }), 'no-playlist'],
    ['Talk.jwlplaylist', playlist.slice(0, -40), 'no-playlist'],
    ['Pictures.zip', packed({ 'holiday.jpg': jpeg }), 'archive'],
    ['Visit.jpg', '<html>', 'web-page'],
    ['Visit.svg', '<svg><script>alert(1)</script></svg>', 'drawing-with-program'],
    ['Visit.svg', `<svg>${' '.repeat(3_000_000)}</svg>`, 'drawing-too-long'],
    ['Visit.jpg', '', 'empty'],
  ])('is refused with a reason: %s, %#', async (name, bytes, reason) => {
    expect(await receiveFile(file(name, bytes))).toEqual({ is: 'refused', name, reason })
  })

  test('a page in the letters of another time is a page', async () => {
    const inTwos = Uint8Array.from('<html>', (letter) => letter.charCodeAt(0))
    const wide = new Uint8Array([0xff, 0xfe, ...[...inTwos].flatMap((byte) => [byte, 0])])
    expect(await verdictOn(file('Visit.jpg', wide))).toMatchObject({ reason: 'web-page' })
  })

  test('that lies on a drive which is gone is said to be out of reach', async () => {
    const gone = file('Visit.jpg', jpeg)
    const failing = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    gone.slice = () => Object.assign(new Blob(), { arrayBuffer: failing })
    expect(await receiveFile(gone)).toEqual({
      is: 'refused',
      name: 'Visit.jpg',
      reason: 'unreadable',
    })
  })

  test('of any bytes and any name is judged', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('a.jpg', 'a.jwlplaylist', 'a', 'a.svg', 'a.exe'),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          // A packed file whose list was tampered with.
          fc
            .tuple(fc.nat(playlist.length - 5), fc.uint8Array({ minLength: 1, maxLength: 8 }))
            .map(([at, noise]) => {
              const spoilt = playlist.slice()
              spoilt.set(noise.subarray(0, playlist.length - at), at)
              return spoilt
            }),
        ),
        async (name, bytes) => {
          expect(['fine', 'doubtful', 'refused']).toContain(
            (await verdictOn(file(name, new Uint8Array(bytes)))).is,
          )
        },
      ),
      { numRuns: 500 },
    ))
})

describe('the list at the end of a packed file', () => {
  test('names what is in it, however much stands before and after', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`bild-${index}-ä.jpg`, jpeg] as const),
    )
    const names = await zipNames(new Blob([packed(many)]))
    expect(names).toEqual(Object.keys(many))
  })

  test('is read alone: what is packed stays on the disk', async () => {
    const blob = new Blob([packed({ 'film.mp4': [new Uint8Array(3_000_000), { level: 0 }] })])
    let bytes = 0
    const slice = blob.slice.bind(blob)
    blob.slice = (...asked) => {
      const part = slice(...asked)
      bytes += part.size
      return part
    }
    expect(await zipNames(blob)).toEqual(['film.mp4'])
    expect(bytes).toBeLessThan(70_000)
  })

  test.each(['', 'PK', 'PK\u0005\u0006'])('is nowhere in %j', async (text) => {
    expect(await zipNames(new Blob([text]))).toBeUndefined()
  })
})
