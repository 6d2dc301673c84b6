import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName } from '../../../src/domain/naming.ts'
import { programmeNames } from '../../../src/domain/programme-names.ts'
import { programmeWords } from '../../../src/domain/programme-words.ts'
import type { OpenedDocument } from '../../../src/domain/programme-items.ts'
import type { Programme } from '../../../src/domain/programme.ts'
import type { ExtractRow, MediaRow, PublicationDocument } from '../../../src/domain/publication.ts'
import { weekendProgramme } from '../../../src/domain/study-article.ts'
import { wantedExtracts } from '../../../src/domain/workbook-extracts.ts'
import { midweekProgramme } from '../../../src/domain/workbook.ts'
import { hostile, refusals } from './hostile-names.ts'
import { documentOf, settingsWith } from './publications.ts'

const few = fc.integer({ min: 0, max: 8 })
const place = fc.integer({ min: -1, max: 40 })
const symbol = fc.constantFrom('sjjm', 'sjj', 'mwbv', 'lff', 'w26', '', 'a#2')

const anyMedia: fc.Arbitrary<MediaRow> = fc.record(
  {
    id: few,
    mimeType: fc.constantFrom('image/jpeg', 'image/png', 'video/mp4', 'audio/mpeg', ''),
    category: fc.constantFrom(-1, 4, 6, 8, 9, 15),
    label: hostile,
    caption: hostile,
    path: fc.constantFrom('a.jpg', 'b.png', ''),
    isZoomSuppressed: fc.boolean(),
    linked: few,
    dataType: fc.constantFrom(0, 2),
    symbol,
    track: fc.integer({ min: -1, max: 3 }),
    issue: fc.constantFrom(0, 20_260_100),
    mepsDocument: few,
    language: few,
    begin: place,
    end: place,
  },
  { requiredKeys: ['id', 'mimeType', 'category', 'label', 'caption', 'path', 'isZoomSuppressed'] },
)

const anyExtract: fc.Arbitrary<ExtractRow> = fc.record({
  id: few,
  link: fc.oneof(fc.constant('p/S:1/2'), hostile),
  caption: hostile,
  uniqueSymbol: fc.constantFrom('sjj', 'lff', 'lffi', 'lmd', 'bt', 'th', 'mwbr26', ''),
  undatedSymbol: symbol,
  issue: fc.constantFrom(0, 20_200_101),
  category: fc.constantFrom('web', 'bk', ''),
  mepsDocument: few,
  documentKind: fc.constantFrom(31, 40),
  from: place,
  to: place,
  begin: place,
  position: few,
})

const anyDocument: fc.Arbitrary<PublicationDocument> = fc
  .record({
    media: fc.array(anyMedia, { maxLength: 12 }),
    extracts: fc.array(anyExtract, { maxLength: 8 }),
    paragraphs: fc.array(fc.record({ ordinal: place, label: hostile }), { maxLength: 5 }),
    questions: fc.array(fc.record({ ordinal: place, target: place, label: hostile }), {
      maxLength: 5,
    }),
  })
  .map((parts) => documentOf(parts))

type Scene = {
  readonly document: PublicationDocument
  readonly other: PublicationDocument
  readonly isVisit: boolean
  readonly flags: boolean
  readonly language: string
  readonly issue: number
}

const anyScene: fc.Arbitrary<Scene> = fc.record({
  document: anyDocument,
  other: anyDocument,
  isVisit: fc.boolean(),
  flags: fc.boolean(),
  language: fc.constantFrom('E', 'ASL', 'K'),
  issue: fc.constantFrom(20_221_100, 20_230_200, 20_260_100),
})

function programmesOf({ document, other, isVisit, flags, language, issue }: Scene): Programme[] {
  const settings = settingsWith({
    language,
    omitsTh: flags,
    omitsLffPictures: flags,
    omitsFootnotes: flags,
    hasPrinted: flags,
  })
  const opened: OpenedDocument = { document, publication: { symbol: 'w', issue }, language: 'E' }
  const wanted = wantedExtracts(document, { settings, isVisit })
  const extracts = new Map(
    wanted.map(({ id, publication }) => [id, { ...opened, document: other, publication }]),
  )
  return [
    midweekProgramme({ ...opened, extracts, settings, isVisit }),
    weekendProgramme({ ...opened, index: 1, contents: other, settings, isVisit }),
  ]
}

const words = programmeWords('E')
const itemsOf = ({ parts }: Programme) => parts.flatMap(({ items }) => items)

test('whatever a publication holds, each item of a meeting has an id and a name of its own', () => {
  fc.assert(
    fc.property(anyScene, (scene) => {
      for (const programme of programmesOf(scene)) {
        const ids = itemsOf(programme).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        const names = [...programmeNames(programme, { words }).values()]
        expect(new Set(names).size).toBe(ids.length)
        expect(names.flatMap((name) => refusals(safeName(name)))).toEqual([])
        expect(programme.parts.every(({ items }) => items.length > 0)).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('sections and ordinals of a midweek meeting never go back', () => {
  fc.assert(
    fc.property(anyScene, (scene) => {
      const [midweek] = programmesOf(scene)
      const places = (midweek?.parts ?? []).map(({ section = 0, items }) => [
        section,
        items[0]?.ordinal ?? 0,
      ])
      expect(places).toEqual(places.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d))
    }),
  )
})

test('what comes in another order comes out the same', () => {
  fc.assert(
    fc.property(anyScene, (scene) => {
      const { document } = scene
      const extracts = document.extracts.filter(
        ({ id }, index) => document.extracts.findIndex((other) => other.id === id) === index,
      )
      const one = programmesOf({ ...scene, document: { ...document, extracts } })
      const extractsTurned = { ...document, extracts: extracts.toReversed() }
      expect(programmesOf({ ...scene, document: extractsTurned })).toEqual(one)
    }),
  )
})

test('a new title changes the name of its item and of no other', () => {
  fc.assert(
    fc.property(anyScene, fc.nat(), hostile, (scene, pick, title) => {
      for (const programme of programmesOf(scene)) {
        const items = itemsOf(programme)
        const changed = items[pick % Math.max(items.length, 1)]?.id
        const before = programmeNames(programme, { words })
        const titleOf = ({ id }: { readonly id: string }) =>
          id === changed ? { title } : undefined
        const after = programmeNames(programme, { words, titleOf })
        for (const { id } of items) if (id !== changed) expect(after.get(id)).toBe(before.get(id))
      }
    }),
  )
})

test('ids and numbers stay when titles come in another language', () => {
  fc.assert(
    fc.property(anyScene, hostile, (scene, title) => {
      const rename = (document: PublicationDocument): PublicationDocument => ({
        ...document,
        media: document.media.map((row) => ({ ...row, label: title, caption: '' })),
      })
      const [before, after] = [
        scene,
        { ...scene, document: rename(scene.document), other: rename(scene.other) },
      ].map((each) => programmesOf(each).map((programme) => itemsOf(programme).map(({ id }) => id)))
      expect(after).toEqual(before)
    }),
  )
})
