import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeTo, readForced, writeForced, type ForcedChange } from '../../../src/domain/forced.ts'
import {
  defaultSettings,
  forcibleKeys,
  formerPaths,
  isForcible,
  parseSetting,
  readSettings,
  settingKeys,
  settingOf,
  wirePath,
  withForced,
} from '../../../src/domain/settings.ts'

const runs = { numRuns: 1_000 }

const ourPaths = forcibleKeys.flatMap((key) => [wirePath(key), ...formerPaths(key)])
const sections = ['app', 'media', 'meeting', 'lectern']
const ourNames = ourPaths.map((path) => path.replace(/^.*\./, ''))
const secrets = { server: 'elsewhere.example', password: 'secret', dir: '/' }

const goodValue = fc.constantFrom<unknown>(
  ...[0, 6, '2', true, false, 'E', 'ASL', '480p', '19:00', '2026-11-24', 'DD-MM-YYYY', null],
  ['2026-12-05'],
)
const anyValue = fc.oneof(
  { weight: 3, arbitrary: goodValue },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const oddName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'obs', 'zoom', 'weeks', 'enableObs'),
  fc.constantFrom('excludeLffi', 'excludeFootnotes', 'musicVolume', 'congServer', 'password'),
  fc.string({ maxLength: 8 }),
)
const section = fc.dictionary(fc.oneof(fc.constantFrom(...ourNames), oddName), anyValue, {
  noNullPrototype: true,
})

/** A file as M³, JWMMF, a later Lectern or somebody with an editor may leave it. */
const anyFile = fc
  .record(
    {
      app: fc.oneof(section, anyValue),
      media: fc.oneof(section, anyValue),
      meeting: fc.oneof(section, anyValue),
      lectern: fc.oneof(section, anyValue),
      cong: fc.constant(secrets),
    },
    { requiredKeys: [] },
  )
  .chain((named) => section.map((top) => ({ ...top, ...named })))
  // What JSON cannot say is in no file.
  .map((file) => JSON.parse(JSON.stringify(file)) as Readonly<Record<string, unknown>>)

const settings = {
  ...defaultSettings,
  congregation: 'North',
  meetings: {
    midweek: 1,
    weekend: 5,
    midweekTime: '19:30',
    weekendTime: '10:00',
    visit: '2026-12-01',
    special: true,
    off: ['2026-12-05', '2026-12-06'],
  },
  media: { ...defaultSettings.media, language: 'U', fallback: 'E', subtitlesLanguage: 'X' },
} as const

/** Some keys set as they are above, others freed. */
const anyChange: fc.Arbitrary<ForcedChange> = fc
  .tuple(fc.subarray([...forcibleKeys]), fc.subarray([...forcibleKeys]))
  .map(([set, freed]) => ({
    ...Object.fromEntries(freed.map((key) => [key, undefined])),
    ...changeTo(settings, set),
  }))

function isOurs(path: string): boolean {
  return ourPaths.some((own) => own === path || path.startsWith(`${own}.`))
}

/** Every value of a file with its path, as far down as sections go. */
function leavesOf(file: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const isSection = (name: string, value: unknown): value is Readonly<Record<string, unknown>> =>
    sections.includes(name) && Object.getPrototypeOf(value) === Object.prototype
  const leaves = Object.entries(file).flatMap(([name, value]): [string, unknown][] =>
    value !== null && isSection(name, value)
      ? Object.entries(value).map(([inner, leaf]) => [`${name}.${inner}`, leaf])
      : [[name, value]],
  )
  return new Map(leaves)
}

test('whatever a file says, reading it breaks nothing and forces only what is on the list', () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      const read = readForced(file)
      const forced = read?.forced ?? {}
      for (const key of forcibleKeys) {
        const value = settingOf(forced, key)
        if (value !== undefined) expect(parseSetting(key, value)).toEqual(value)
      }
      const inForce = withForced(settings, forced)
      // Nothing but the settings that Lectern has, each with a value that it may have.
      expect(readSettings(inForce)).toEqual(inForce)
      for (const key of settingKeys)
        if (!isForcible(key)) expect(settingOf(inForce, key)).toEqual(settingOf(settings, key))
      expect(JSON.stringify(forced)).not.toContain('elsewhere.example')
      expect(read?.ignored.filter((path) => !isOurs(path))).toEqual([])
      expect({}).not.toHaveProperty('server')
    }),
    runs,
  )
})

test('whatever a file says, a change takes effect and loses nothing of others', () => {
  fc.assert(
    fc.property(anyFile, anyChange, (file, change) => {
      const text = writeForced(file, change)
      const after = JSON.parse(text) as Readonly<Record<string, unknown>>
      const [was, is] = [readForced(file), readForced(after)].map((read) => read?.forced ?? {})
      for (const key of forcibleKeys) {
        const wanted = key in change ? change[key] : settingOf(was ?? {}, key)
        expect(settingOf(is ?? {}, key)).toEqual(wanted)
      }
      const left = leavesOf(after)
      for (const [path, value] of leavesOf(file)) {
        const isBareSection = sections.includes(path)
        if (!isOurs(path) && !isBareSection) expect(left.get(path)).toEqual(value)
      }
      const isNews = (path: string) => !leavesOf(file).has(path) && !isOurs(path)
      expect([...left.keys()].filter(isNews)).toEqual([])
      expect(writeForced(after, change)).toBe(text)
    }),
    runs,
  )
})

test.each(['<html>', '[]', '{"meeting":', '"forced"', 'null', ''])(
  'a text that is no settings file forces nothing and can be written over: %s',
  (text) => {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined
    }
    expect(readForced(json)).toBeUndefined()
    expect(JSON.parse(writeForced(json, { 'meetings.midweek': 2 }))).toEqual({
      meeting: { mwDay: 2 },
    })
  },
)
