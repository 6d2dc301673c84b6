import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultSettings, settingKeys, type Settings } from '../../../src/domain/settings.ts'
import {
  afterTransfer,
  changedKeys,
  mostTransferBytes,
  readTransfer,
  renderTransfer,
  type Transfer,
} from '../../../src/domain/transfer.ts'
import { impossible } from './impossible-origins.ts'

const runs = { numRuns: 1_000 }

const north: Settings = {
  ...defaultSettings,
  congregation: 'North',
  weeks: 3,
  meetings: { midweek: 1, weekend: 6, midweekTime: '19:30', visit: '2026-12-01', special: false },
  media: { ...defaultSettings.media, language: 'X', hasSubtitles: true, resolution: '480p' },
}
const place = { origin: 'https://dav.example.org:8443', user: 'vo', folder: '/Cong 100%25/' }

const anySettings: fc.Arbitrary<Settings> = fc.record(
  {
    congregation: fc.constantFrom('North', 'Süd „Mitte“', undefined),
    weeks: fc.integer({ min: 1, max: 9 }),
    dayFormat: fc.constantFrom('YYYY-MM-DD', 'DD-MM-YYYY'),
    meetings: fc.record({
      midweek: fc.constantFrom(0, 2, undefined),
      weekend: fc.constantFrom(5, 6, undefined),
      midweekTime: fc.constantFrom('19:00', undefined),
      visit: fc.constantFrom('2026-12-01', undefined),
      special: fc.boolean(),
    }),
    media: fc
      .record({
        language: fc.constantFrom('E', 'ASL', undefined),
        hasSubtitles: fc.boolean(),
        omitsTh: fc.boolean(),
        resolution: fc.constantFrom('240p', '720p'),
      })
      .map((some) => ({ ...defaultSettings.media, ...some })),
  },
  { noNullPrototype: true },
)
const anyName = fc.constantFrom('North', 'Süd', '東', '')
const anyPlace = fc.record({
  origin: fc.constantFrom('https://dav.example.org', 'http://localhost:8080', 'https://[::1]:8443'),
  user: fc.string({ maxLength: 40, unit: 'grapheme' }).map((user) => user.replace(/\p{C}/gu, '')),
  folder: fc
    .array(fc.constantFrom('Cong', '100%25', 'a b', 'ü', '...', '%', '东'), { maxLength: 3 })
    .map((names) => (names.length > 0 ? `/${names.join('/')}/` : '/')),
})

function read(text: string): Transfer {
  const transfer = readTransfer(text)
  if (typeof transfer === 'string') throw new Error(`cannot be read: ${transfer}`)
  return transfer
}

describe('settings that somebody takes to another device', () => {
  test('are the same there, whatever that device was set to', () => {
    fc.assert(
      fc.property(anyName, anyPlace, anySettings, anySettings, (name, connection, own, there) => {
        const transfer = read(renderTransfer({ name, connection }, own))
        expect(transfer).toMatchObject({ name, connection })
        const after = afterTransfer(there, transfer.settings)
        expect(changedKeys(own, after)).toEqual([])
        expect(afterTransfer(after, transfer.settings)).toEqual(after)
      }),
      runs,
    )
  })

  test('say where the sync folder is only where there is one', () => {
    expect(read(renderTransfer({ name: 'North', connection: place }, north)).connection).toEqual(
      place,
    )
    expect(read(renderTransfer({ name: 'North' }, north))).not.toHaveProperty('connection')
  })

  test('name everything that changes, and nothing else', () => {
    const { settings } = read(renderTransfer({ name: 'North' }, north))
    expect(changedKeys(north, afterTransfer(north, settings))).toEqual([])
    expect(changedKeys(defaultSettings, afterTransfer(defaultSettings, settings))).toEqual([
      'congregation',
      'weeks',
      'meetings.midweek',
      'meetings.weekend',
      'meetings.midweekTime',
      'meetings.visit',
      'media.language',
      'media.hasSubtitles',
      'media.resolution',
    ])
  })

  test('of a Lectern that knew fewer leave the others as they are', () => {
    const file = { kind: 'lectern-settings', version: 1, name: '', settings: { weeks: 4 } }
    const { settings } = read(JSON.stringify(file))
    expect(afterTransfer(north, settings)).toEqual({ ...north, weeks: 4 })
  })
})

test('no password ever gets into the file, wherever a caller had it', () => {
  const password = fc.string({ minLength: 6, maxLength: 20 }).map((end) => `geheim-${end}`)
  fc.assert(
    fc.property(password, anySettings, (secret, own) => {
      const open = { name: 'North', password: secret, connection: { ...place, password: secret } }
      const settings = { ...own, password: secret, cong: { password: secret } }
      const text = renderTransfer(open, settings)
      expect(text).not.toContain('geheim-')
      expect(text.length).toBeLessThan(mostTransferBytes)
    }),
    runs,
  )
})

describe('a file that nobody should trust', () => {
  const good = JSON.parse(renderTransfer({ name: 'North', connection: place }, north)) as object
  const withPlace = (change: object) =>
    readTransfer(JSON.stringify({ ...good, connection: { ...place, ...change } }))

  test.each(['', '{', '[]', 'null', '"lectern-settings"', '<html>', '{"app":{"theme":"dark"}}'])(
    'is not taken for settings: %s',
    (text) => {
      expect(readTransfer(text)).toBe('not-ours')
    },
  )

  test('of a later Lectern is not guessed at', () => {
    expect(readTransfer(JSON.stringify({ ...good, version: 2 }))).toBe('too-new')
  })

  test.each([
    { origin: 'http://dav.example.org' },
    { origin: 'https://vo:geheim@dav.example.org' },
    { origin: 'javascript:alert(1)' },
    ...impossible.map((origin) => ({ origin })),
    { origin: 7 },
    { folder: '/Cong' },
    { folder: '/Cong/../Elsewhere/' },
    { folder: '/Cong//x/' },
    { folder: '/Cong\n/' },
    { folder: '/\ud800/' },
    { folder: `/${'x'.repeat(5_000)}/` },
    { user: 'vo\u0000' },
    { user: undefined },
  ])('does not lead anybody to a folder that cannot be: %j', (change) => {
    expect(withPlace(change)).toBe('damaged')
  })

  test('whatever it says, sets only what can be set, to what it may be', () => {
    const name = fc.oneof(
      fc.constantFrom('settings', 'connection', '__proto__', 'constructor', ...settingKeys),
      fc.string({ maxLength: 6 }),
    )
    const group = fc.dictionary(
      fc.constantFrom('midweek', 'language', 'hasSubtitles', 'resolution', '__proto__'),
      fc.oneof(fc.constantFrom<unknown>('E', 3, true, null, '480p'), fc.jsonValue({ maxDepth: 1 })),
    )
    const anything = fc
      .tuple(
        fc.dictionary(name, fc.jsonValue({ maxDepth: 2 })),
        fc.oneof(
          fc.record({ meetings: group, media: group, weeks: fc.jsonValue() }),
          fc.jsonValue(),
        ),
      )
      .map(([rest, settings]) =>
        JSON.stringify({ ...rest, kind: 'lectern-settings', version: 1, settings }),
      )
    fc.assert(
      fc.property(anything, (text) => {
        const transfer = readTransfer(text)
        if (typeof transfer === 'string') return
        const after = afterTransfer(north, transfer.settings)
        expect(Object.keys(after).sort()).toEqual(Object.keys(north).sort())
        expect(changedKeys(after, afterTransfer(after, {}))).toEqual([])
        expect({}).not.toHaveProperty('midweek')
      }),
      runs,
    )
  })
})
