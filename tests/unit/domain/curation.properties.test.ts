import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StampedAct } from '../../../src/domain/act.ts'
import { curate, curateRecurring, type Facts } from '../../../src/domain/curation.ts'
import { fingerprintText } from '../../../src/domain/fingerprint.ts'
import { foldName, uniqueFileNames } from '../../../src/domain/naming.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import {
  anyName,
  file,
  friday,
  hiddenNames,
  item,
  known,
  repeatedAndShuffled,
  settings,
  sha,
  stamped,
  sunday,
  thursday,
  week,
} from './congregation.ts'

const day = fc.constantFrom(thursday, friday, sunday)
const place = fc.oneof(day, fc.constant('recurring' as const))
const size = fc.constantFrom(0, 1, 2)
const key = fc.constantFrom(sha('a'), sha('b'))
const id = fc.constantFrom('song-44', 'song-55', 'video')
const suffix = fc.constantFrom('', ' - Friday')

const placedFile = fc
  .record({ place, name: anyName, size, suffix })
  .map((facts) =>
    file(facts.place, facts.name, { size: facts.size, folder: `${facts.place}${facts.suffix}` }),
  )
const waitingFile = fc.record({
  place,
  name: anyName,
  size: fc.constant(3),
  source: fc.record({ at: fc.constant('device' as const), key }),
})
const catalogueItem = fc
  .record({ day, id, name: anyName })
  .map((facts) => item(facts.day, facts.id, facts.name))
const marker = fc.record({ day, name: anyName })
const version = fc.record({ size, etag: anyName.map((name) => `etag of ${name}`) })
const note = fc.record({ place, name: anyName, version, key })
const seen = fc.record({ place, name: anyName, version, key }).map((facts) => ({
  path: `Media/${facts.place}/${facts.name}`,
  version: facts.version,
  key: facts.key,
}))
const statement = fc.oneof(
  id,
  anyName.map((name) => `additional:${name}`),
  anyName.map((name) => `recurring:${name}`),
)
const hide = fc.record({ do: fc.constant('hide' as const), day, item: statement, name: anyName })
const show = fc.record({
  do: fc.constant('show' as const),
  day,
  item: statement,
  name: anyName,
  markers: fc.array(anyName),
})
const act: fc.Arbitrary<StampedAct> = fc
  .record({
    act: fc.oneof(hide, show),
    lamport: fc.integer({ min: 1, max: 5 }),
    device: fc.constantFrom('a', 'b'),
    id: fc.uuid(),
  })
  .map((facts) => stamped(facts.act, facts))

const identityOf = (value: unknown) => JSON.stringify(value)
const some = <T>(values: fc.Arbitrary<T>) =>
  fc.uniqueArray(values, { maxLength: 6, selector: identityOf })

const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    // One path is one file: what a server lists twice is the same both times.
    files: fc.uniqueArray(placedFile, {
      maxLength: 10,
      selector: ({ source }) => (source.at === 'remote' ? source.path : ''),
    }),
    waiting: some(waitingFile),
    catalogue: some(catalogueItem),
    markers: some(marker),
    journal: some(act),
    notes: some(note),
    seen: some(seen),
    settings: fc.constantFrom(settings, defaultSettings),
  })
  .map(({ files, waiting, ...facts }) => known({ ...facts, files: [...files, ...waiting] }))

/** The same facts, each list in another order and with some of it twice. */
function retold(facts: Facts): fc.Arbitrary<Facts> {
  const { contents } = facts
  return fc
    .tuple(
      fc.tuple(repeatedAndShuffled(contents.files), repeatedAndShuffled(contents.markers)),
      fc.tuple(repeatedAndShuffled(facts.catalogue), repeatedAndShuffled(facts.journal)),
      fc.tuple(repeatedAndShuffled(facts.notes), repeatedAndShuffled(facts.seen)),
    )
    .map(([[files, markers], [catalogue, journal], [notes, seenFiles]]) => ({
      ...facts,
      contents: { files, markers, odd: [] },
      catalogue,
      journal,
      notes,
      seen: seenFiles,
    }))
}

const factsTwice = anyFacts.chain((facts) => fc.tuple(fc.constant(facts), retold(facts)))

describe('whatever a congregation holds', () => {
  test('the order and number of tellings never change what everyone gets', () => {
    fc.assert(
      fc.property(factsTwice, ([facts, again]) => {
        expect(curate(again, week)).toEqual(curate(facts, week))
        expect(curateRecurring(again)).toEqual(curateRecurring(facts))
        expect(fingerprintText(curate(again, week))).toBe(fingerprintText(curate(facts, week)))
      }),
      { numRuns: 200 },
    )
  })

  test('no two items of a day share a file name, nor by case or Unicode form, nor an id', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { items } of [...curate(facts, week), curateRecurring(facts)]) {
          expect(new Set(items.map(({ fileName }) => foldName(fileName))).size).toBe(items.length)
          expect(new Set(items.map((one) => one.id)).size).toBe(items.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('every file with bytes is an item of its day, and every one without is awaited', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const curated of curate(facts, week)) {
          const here = facts.contents.files.filter((one) => one.place === curated.day)
          const own = curated.items
            .filter(({ origin }) => origin === 'additional')
            .map(({ name }) => name)
          expect(new Set(own)).toEqual(
            new Set(here.filter((one) => one.size > 0).map(({ name }) => name)),
          )
          const all = [...own, ...curated.awaited].map((name) => name.normalize('NFC'))
          expect(new Set(all)).toEqual(new Set(here.map(({ name }) => name.normalize('NFC'))))
        }
      }),
    )
  })

  test('nothing is hidden without a marker, and what is hidden is hidden by markers of its day', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const curated of curate(facts, week)) {
          const names = facts.contents.markers
            .filter((one) => one.day === curated.day)
            .map(({ name }) => name)
          for (const { hiddenBy } of curated.items)
            expect(names).toEqual(expect.arrayContaining([...hiddenBy]))
        }
        const shownAll = curate({ ...facts, contents: { ...facts.contents, markers: [] } }, week)
        expect(
          shownAll.flatMap(({ items }) => items).every(({ hiddenBy }) => hiddenBy.length === 0),
        ).toBe(true)
      }),
    )
  })

  test('what is hidden does not depend on whose bytes a device happened to fetch', () => {
    const hidden = (facts: Facts) => curate(facts, week).map(hiddenNames)
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(hidden({ ...facts, seen: [] })).toEqual(hidden(facts))
      }),
    )
  })

  test('hiding neither brings nor takes an item, and what is shown is called as if nothing else were there', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const unhidden = curate({ ...facts, contents: { ...facts.contents, markers: [] } }, week)
        const ids = (days: typeof unhidden) => days.map(({ items }) => items.map((one) => one.id))
        expect(ids(curate(facts, week))).toEqual(ids(unhidden))
        for (const curated of curate(facts, week)) {
          const shown = curated.items.filter(({ hiddenBy }) => hiddenBy.length === 0)
          const alone = uniqueFileNames(shown.map(({ name }) => name))
          expect(shown.map(({ fileName }) => fileName)).toEqual(alone)
        }
      }),
    )
  })
})
