import { describe, expect, test } from 'vitest'
import type { DeviceFile } from '../../../src/domain/journal.ts'
import type { ToldReceipt } from '../../../src/domain/possession.ts'
import { parseDeviceFile, parseForced, renderDeviceFile } from '../../../src/sync/documents.ts'

const file: DeviceFile = {
  device: 'tablet1',
  name: "The VO's tablet",
  acts: [
    {
      id: 'act-1',
      device: 'tablet1',
      lamport: 3,
      at: '2026-11-21T08:00:00.000Z',
      act: { do: 'hide', day: '2026-11-25', item: 'pub-sample_44', name: 'Song 44.mp4' },
    },
  ],
  notes: [
    {
      place: 'recurring',
      name: 'year text.png',
      version: { size: 12, etag: '17', modified: 1 },
      key: `sha256-${'a'.repeat(64)}`,
    },
  ],
}

describe("a device's file", () => {
  test('is read as it was written', () => {
    expect(parseDeviceFile(renderDeviceFile(file))).toEqual(file)
  })

  test('of a newer Lectern loses only the acts that this one does not know', () => {
    const newer = JSON.parse(renderDeviceFile(file)) as { acts: unknown[]; receipt?: unknown }
    newer.acts.push({ id: 'act-2', act: { do: 'order', day: '2026-11-25' } })
    newer.receipt = { at: 1 }
    expect(parseDeviceFile(JSON.stringify(newer))).toEqual(file)
  })

  test.each(['', '{', '<html>', 'null', '[]', '{"version":2}', '{"version":1,"device":"../x"}'])(
    'that is damaged is none: %s',
    (text) => {
      expect(parseDeviceFile(text)).toBeUndefined()
    },
  )

  test('names no day that does not exist', () => {
    const text = renderDeviceFile(file).replace('2026-11-25', '2026-02-31')
    expect(parseDeviceFile(text)?.acts).toEqual([])
  })
})

describe("a device's receipt", () => {
  const receipt: ToldReceipt = {
    at: '2026-11-21T18:40:00.000Z',
    in: 'folder',
    words: 'baba bebe bibi bobo',
    isExact: true,
    settings: 'a'.repeat(32),
    from: '2026-11-21',
    to: '2026-11-29',
    days: { '2026-11-25': '0123abcd4567cdef' },
  }
  const told = { ...file, receipt }

  test('is read as it was written', () => {
    expect(parseDeviceFile(renderDeviceFile(told))).toEqual(told)
  })

  test.each<Readonly<Record<string, unknown>>>([
    { in: 'cloud' },
    { at: 5 },
    { days: { '2026-11-25': 'xyz' } },
    { days: { '2026-11-25': '0123abc' } },
    { days: { someday: '' } },
    { to: '2999-12-31' },
    { to: '2026-11-19' },
    { settings: 'none' },
  ])('that makes no sense is passed over, and the rest of the file counts: %j', (change) => {
    const text = JSON.stringify({ version: 1, ...told, receipt: { ...receipt, ...change } })
    expect(parseDeviceFile(text)).toEqual(file)
  })

  test('may have more in it than this Lectern knows', () => {
    const text = JSON.stringify({ version: 1, ...told, receipt: { ...receipt, battery: 'low' } })
    expect(parseDeviceFile(text)).toEqual(told)
  })

  test('is nothing to an older Lectern, which passes over what it does not know', () => {
    const text = JSON.stringify({ version: 1, ...file, somethingNewer: receipt })
    expect(parseDeviceFile(text)).toEqual(file)
  })
})

describe('congregation-wide settings', () => {
  test('that go too deep to be written again are none', () => {
    const deep = (levels: number) =>
      `{"media":{"lang":"E"},"x":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(parseForced(deep(50))).toMatchObject({ forced: { media: { language: 'E' } } })
    expect(parseForced(deep(30_000))).toBeUndefined()
  })

  test("are read in M³'s nested form, numbers as texts too", () => {
    const text = JSON.stringify({
      app: { outputFolderDateFormat: 'DD-MM-YYYY - dddd', obs: { password: 'secret' } },
      meeting: { mwDay: '2', weDay: 6, coWeek: '2026-11-24', specialCong: false },
    })
    expect(parseForced(text)?.forced).toEqual({
      dayFormat: 'DD-MM-YYYY - dddd',
      meetings: { midweek: 2, weekend: 6, visit: '2026-11-24', special: false },
    })
  })

  test('that make no sense force nothing, and leave the others in force', () => {
    const text = JSON.stringify({
      app: { outputFolderDateFormat: 'MM/DD/YY' },
      meeting: { mwDay: 9, weDay: 5, coWeek: 'soon' },
      cong: { server: 'elsewhere.example' },
    })
    expect(parseForced(text)?.forced).toEqual({ meetings: { weekend: 5 } })
  })

  test('an empty file forces nothing, a page or a list is no settings file', () => {
    expect(parseForced('{}')).toEqual({ forced: {}, ignored: [] })
    expect(parseForced('<html>')).toBeUndefined()
    expect(parseForced('[1,2,3]')).toBeUndefined()
  })
})
