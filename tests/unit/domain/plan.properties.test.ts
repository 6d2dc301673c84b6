import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentKey } from '../../../src/domain/media.ts'
import { planUpdate, type WantedFile } from '../../../src/domain/plan.ts'
import { repeatedAndShuffled, sha } from './congregation.ts'
import { carriedOut, row, said, wanted } from './updates.ts'

const now = 1_000_000

describe('any plan', () => {
  const key = fc.constantFrom(sha('a'), sha('b'), sha('c'))
  const ref = fc.constantFrom('1', '2', '3', '4', '5').map((name) => `remote:Media/${name}`)
  const etag = fc.constantFrom('one', 'two')
  // Who knows a key knows the right one: the bytes of a version follow from its ref and ETag here.
  const trueKey = (path: string, version: string) =>
    sha('abcdef'[(Number(path.at(-1)) * 2 + version.length) % 4] ?? '')
  const bytesOf = ({ ref: path, source }: WantedFile) => trueKey(path, source.version.etag ?? '')
  const file = fc
    .record({ ref, etag, isNoted: fc.boolean() })
    .map(({ isNoted, ...facts }) =>
      wanted(isNoted ? { ...facts, key: trueKey(facts.ref, facts.etag) } : facts),
    )
  const wants = fc.uniqueArray(file, { selector: (one) => one.ref })
  const rows = fc.uniqueArray(
    fc.record({ ref, etag, isGone: fc.boolean() }).map(({ isGone, ...facts }) => ({
      ...row(wanted(facts), trueKey(facts.ref, facts.etag)),
      ...(isGone && { goneAt: 1 }),
    })),
    { selector: (one) => one.ref },
  )
  const anyHeld = fc.record({
    files: rows,
    blobs: fc.uniqueArray(key).map((keys) => new Set<ContentKey>(keys)),
  })

  test('leaves nothing to do once it is carried out, and everything wanted is here', () => {
    fc.assert(
      fc.property(anyHeld, wants, (before, files) => {
        const after = carriedOut(before, planUpdate(before, files, now), bytesOf)
        expect(planUpdate(after, files, now)).toEqual([])
        for (const one of files) {
          const here = after.files.find((other) => other.ref === one.ref)
          expect(here?.key).toBe(bytesOf(one))
          expect(after.blobs).toContain(bytesOf(one))
        }
      }),
    )
  })

  test('fetches no bytes that are known to be here or on their way', () => {
    fc.assert(
      fc.property(anyHeld, wants, (before, files) => {
        const keys = planUpdate(before, files, now).flatMap((step) =>
          step.do === 'fetch' && step.file.key ? [step.file.key] : [],
        )
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys.filter((one) => before.blobs.has(one))).toEqual([])
      }),
    )
  })

  test('does the same whatever the order of the manifest, and keeps the order of what is wanted', () => {
    const twice = anyHeld.chain((before) =>
      fc.tuple(fc.constant(before), repeatedAndShuffled(before.files)),
    )
    fc.assert(
      fc.property(twice, wants, ([before, files], want) => {
        const again = planUpdate({ ...before, files }, want, now)
        const plan = planUpdate(before, want, now)
        expect(new Set(said(again))).toEqual(new Set(said(plan)))
        const order = said(plan.filter((step) => step.do !== 'forget')).map(
          (text) => text.split(' ')[1],
        )
        expect(order).toEqual(want.map((one) => one.ref).filter((one) => order.includes(one)))
      }),
    )
  })
})
