import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../../../src/domain/base64url.ts'
import { readInvitation, writeInvitation, type Invitation } from '../../../src/domain/invitation.ts'
import { impossible } from './impossible-origins.ts'

const hall: Invitation = {
  origin: 'https://cloud.example:8443',
  folder: '/remote.php/dav/files/hall/Медиа 100 %/',
  user: 'hall@example.org',
  name: 'Rīga – Ziemeļi 👍',
  role: 'operator',
  sealed: 'AQID_-wordsAndPassword',
}

const payload = writeInvitation(hall)
const link = `https://lectern.example/welcome#join=${payload}`

/** A payload that says whatever somebody wants it to say. */
const forged = (...values: readonly unknown[]) =>
  toBase64url(new TextEncoder().encode(JSON.stringify(values)))

const wordLike = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
const character = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
const text = (maxLength: number) =>
  fc
    .array(
      character.filter((one) => !/[\p{Cc}\p{Cs}]/u.test(one)),
      { maxLength },
    )
    .map((all) => all.join('').slice(0, maxLength))
    .filter((all) => !/\p{Cs}/u.test(all))
const segment = text(20).filter((one) => !one.includes('/') && !['', '.', '..'].includes(one))

const anyInvitation: fc.Arbitrary<Invitation> = fc.record(
  {
    origin: fc.oneof(
      wordLike.map((host) => `https://${host}.example`),
      fc.integer({ min: 1024, max: 65_535 }).map((port) => `http://localhost:${port}`),
      fc.integer({ min: 1024, max: 65_535 }).map((port) => `https://[2001:db8::1]:${port}`),
    ),
    folder: fc.array(segment, { maxLength: 5 }).map((all) => ['', ...all, ''].join('/')),
    user: text(60),
    name: text(60).map((name) => name.trim()),
    role: fc.constantFrom('vo', 'operator'),
    sealed: fc.uint8Array({ minLength: 1, maxLength: 200 }).map(toBase64url),
  },
  { requiredKeys: ['origin', 'folder', 'user', 'name', 'role'] },
)

describe('an invitation', () => {
  test('arrives as it was written, whatever the congregation is called', () => {
    fc.assert(
      fc.property(anyInvitation, (invitation) => {
        const written = writeInvitation(invitation)
        expect(written).toMatch(/^[\w-]+$/)
        expect(readInvitation(written)).toEqual(invitation)
        expect(readInvitation(`https://lectern.example/welcome#join=${written}`)).toEqual(
          invitation,
        )
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['the whole link', link],
    ['the payload alone', payload],
    ['the fragment alone', `#join=${payload}`],
    ['blanks around it', `\n  ${link}\t `],
    ['a link that the chat broke into lines', link.replace(/(.{40})/g, '$1\n')],
    ['a quoted link of a mail', link.replace(/(.{70})/g, '$1 \r\n ')],
    ['a word before and after it', `Dear brother, tap this: ${link} See you on Sunday!`],
    ['a bracket and a full stop after it', `(${link}).`],
    ['invisible breaks', link.replace(/(.{9})/g, '$1\u200b')],
    ['signs spelt for the web', link.replace('=', '%3D').replace('#', '%23')],
  ])('is found in %s', (_what, pasted) => {
    expect(readInvitation(pasted)).toEqual(hall)
  })

  test.each(['', '   ', 'Hello', 'https://lectern.example/welcome', '\u200b', '.'.repeat(50_000)])(
    'is not found in %j',
    (pasted) => {
      expect(readInvitation(pasted)).toBe('none')
    },
  )

  test.each([
    ['the end was not copied', link.slice(0, -7)],
    ['nothing was copied but the beginning', 'https://lectern.example/welcome#join='],
    ['a letter was changed', link.replace(payload.slice(20, 24), '____')],
  ])('says so where %s', (_what, pasted) => {
    expect(readInvitation(pasted)).toBe('damaged')
  })

  test('of a later Lectern says so, whatever it holds', () => {
    expect(readInvitation(`#join=${forged(2, { any: 'thing' })}`)).toBe('too-new')
    expect(readInvitation(forged(99))).toBe('too-new')
  })

  test('never leads to an address that would show the password to the network', () => {
    const to = (origin: string) => readInvitation(forged(1, origin, '/', 'vo', 'North', 'vo'))
    expect(to('http://dav.example')).toBe('insecure')
    expect(to('http://192.168.1.2:8095')).toBe('insecure')
    expect(to('http://localhost:8095')).toMatchObject({ origin: 'http://localhost:8095' })
    expect(to('http://127.0.0.1:8095')).toMatchObject({ origin: 'http://127.0.0.1:8095' })
  })

  const good = ['https://dav.example', '/dav/', 'vo', 'North', 'vo'] as const
  const bent: [string, number, unknown][] = [
    ['a script for an address', 0, 'javascript:alert(1)'],
    ...impossible.map((origin): [string, number, unknown] => [origin, 0, origin]),
    ['a login in the address', 0, 'https://vo:secret@dav.example'],
    ['a number for an address', 0, 7],
    ['a folder that is none', 1, 'dav'],
    ['a folder that climbs', 1, '/dav/../secret/'],
    ['a folder with half a character', 1, '/\ud800/'],
    ['a folder without end', 1, `/${'x'.repeat(2000)}/`],
    ['a user name of two lines', 2, 'vo\nAuthorization: x'],
    ['a role that nobody has', 4, 'constructor'],
    ['a sealed password that is no text', 5, { length: 3 }],
    ['a sealed password of other signs', 5, '<script>'],
  ]

  test.each(bent)('with %s is refused', (_what, place, value) => {
    const values: unknown[] = [...good]
    values[place] = value
    expect(readInvitation(forged(1, ...values))).toBe('damaged')
  })

  test('a name that nobody could read is left away', () => {
    const named = (name: unknown) => readInvitation(forged(1, ...good.slice(0, 3), name, 'vo'))
    expect(named('two\nlines')).toMatchObject({ name: '' })
    expect(named({ toString: 'x' })).toMatchObject({ name: '' })
    expect(named('x'.repeat(5000))).toMatchObject({ name: '' })
  })

  test('is never more than an invitation or a problem, whatever text somebody sends', () => {
    const alphabet = fc.constantFrom(...Array.from('#join=%3D ABab019_-.\n[]{}",:/\\'))
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: alphabet, maxLength: 300 }),
      fc.jsonValue().map((value) => forged(1, value)),
      fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 7 }).map((all) => forged(...all)),
      fc.tuple(fc.nat(payload.length), fc.string({ maxLength: 4 })).map(([at, noise]) => {
        return `#join=${payload.slice(0, at)}${noise}${payload.slice(at + noise.length)}`
      }),
    )
    fc.assert(
      fc.property(anyText, (somebodys) => {
        const read = readInvitation(somebodys)
        if (typeof read === 'string')
          expect(['none', 'damaged', 'insecure', 'too-new']).toContain(read)
        else {
          expect(readInvitation(writeInvitation(read))).toEqual(read)
          expect(read.origin).toMatch(/^https:\/\/|^http:\/\/(?:localhost|127\.|\[::1\])/)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

test('bytes go through base64url as Node spells it', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const written = toBase64url(bytes)
      expect(written).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(written)).toEqual(bytes)
    }),
  )
})

test.each(['A', 'AAAAA', 'A=', 'ä', 'A A'])('%j is no base64url', (somebodys) => {
  expect(fromBase64url(somebodys)).toBeUndefined()
})
