import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownMedia } from '../../../src/domain/document-media.ts'
import type { MediaRow } from '../../../src/domain/publication.ts'
import { picture } from './publications.ts'

const runs = { numRuns: 1_000 }
const most = 7

/** Pictures, each once, with places or without, that may stand for one another in any way there is. */
const anyMedia: fc.Arbitrary<MediaRow[]> = fc
  .uniqueArray(
    fc.record(
      {
        id: fc.integer({ min: 1, max: most }),
        linked: fc.integer({ min: 1, max: most + 1 }),
        begin: fc.integer({ min: 0, max: 3 }),
        category: fc.constantFrom(4, 8, 8, 8, 9),
      },
      { requiredKeys: ['id'] },
    ),
    { selector: ({ id }) => id },
  )
  .map((rows) => rows.map(({ id, ...row }) => picture(id, row)))

const show = (media: readonly MediaRow[]) => shownMedia(media, { hasPrinted: false })

/** The pictures that links lead to from one, itself the first; `isCircle` where they never end. */
function chainOf(row: MediaRow, media: readonly MediaRow[]) {
  const chain = [row]
  for (;;) {
    const { linked, category } = chain.at(-1) ?? row
    const next = category === 9 ? undefined : media.find(({ id }) => id === linked)
    if (!next || next.category === 9) return { chain, isCircle: false }
    if (chain.includes(next))
      return { chain, isCircle: chain.length > 1 && next.id !== chain.at(-1)?.id }
    chain.push(next)
  }
}

/** The files of which one must be seen where a picture stands. */
function filesFor(row: MediaRow, media: readonly MediaRow[]): string[] {
  const { chain, isCircle } = chainOf(row, media)
  const shown = chain.filter(({ category }) => category === 8)
  return (isCircle ? shown : shown.slice(-1)).map(({ path }) => path)
}

test('however pictures stand for one another, none is lost: where it stands, its whole is seen', () => {
  fc.assert(
    fc.property(anyMedia, (media) => {
      const seen = show(media)
      for (const row of media.filter(({ category }) => category !== 9)) {
        const files = filesFor(row, media)
        const there = seen.filter(({ begin }) => row.begin === undefined || begin === row.begin)
        if (files.length > 0) expect(there.some(({ path }) => files.includes(path))).toBe(true)
      }
    }),
    runs,
  )
})

test('at one place no picture is seen twice, and each row once', () => {
  fc.assert(
    fc.property(anyMedia, (media) => {
      const seen = show(media)
      const places = seen.map(({ begin, path }) => `${begin} ${path}`)
      expect(new Set(places).size).toBe(places.length)
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
      const order = media.map(({ id }) => id)
      const positions = seen.map(({ id }) => order.indexOf(id))
      expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    }),
    runs,
  )
})

test('in whatever order links are met, the same places show the same pictures', () => {
  fc.assert(
    fc.property(anyMedia, (media) => {
      const forwards = media.filter(({ id, linked = most + 1 }) => linked > id)
      const told = (rows: readonly MediaRow[]) =>
        show(rows)
          .map(({ begin, path }) => `${begin} ${path}`)
          .toSorted()
      expect(told(forwards.toReversed())).toEqual(told(forwards))
    }),
    runs,
  )
})
