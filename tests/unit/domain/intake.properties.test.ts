import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, type Glimpse } from '../../../src/domain/intake.ts'
import { safeName, splitName } from '../../../src/domain/naming.ts'
import { hostile } from './hostile-names.ts'

const starts = ['\xff\xd8\xff', '\x89PNG', 'GIF8', '%PDF', 'ID3', 'OggS', '\0\0\0\x18ftypqt  ']
const others = ['MZ\0', 'PK\u0003\u0004', '<svg>', '<html>', '#!', 'WEBVTT', 'Rar!', '', 'II*\0']
const head = fc
  .tuple(fc.constantFrom(...starts, ...others), fc.uint8Array({ maxLength: 600 }))
  .map(([start, rest]) =>
    Uint8Array.from([...Array.from(start, (letter) => letter.charCodeAt(0)), ...rest]),
  )
const extension = fc.constantFrom('jpg', 'exe', 'mp4', 'jwpub', 'jwlplaylist', 'html', 'docx', 'x')
const name = fc.oneof(
  hostile,
  fc.tuple(hostile, extension).map(([stem, ending]) => `${stem}.${ending}`),
)
const glimpse: fc.Arbitrary<Glimpse> = fc.record({
  name,
  size: fc.oneof(fc.nat(), fc.constant(3 * 1024 ** 3)),
  head,
  text: fc.option(fc.record({ beginning: fc.string({ unit: 'binary' }), isCut: fc.boolean() }), {
    nil: undefined,
  }),
  entries: fc.option(
    fc.subarray(['manifest.json', 'userData.db', 'contents', 'a.class', 'content.xml', 'x.jpg']),
    { nil: undefined },
  ),
})

test('whatever a file is called and whatever is in it, it is judged', () => {
  fc.assert(
    fc.property(glimpse, (one) => {
      expect(['fine', 'doubtful', 'refused']).toContain(judge(one).is)
    }),
    { numRuns: 2000 },
  )
})

test('a name that is fine is fine as it is, also once it was made safe', () => {
  fc.assert(
    fc.property(glimpse, (one) => {
      const verdict = judge(one)
      if (verdict.is !== 'fine') return
      expect(judge({ ...one, name: verdict.name })).toEqual(verdict)
      const safe = safeName(verdict.name)
      expect(judge({ ...one, name: safe })).toEqual({ ...verdict, name: safe })
    }),
    { numRuns: 2000 },
  )
})

test('what is fine never keeps the extension of a program, a page or a shortcut', () => {
  fc.assert(
    fc.property(glimpse, (one) => {
      const verdict = judge(one)
      if (verdict.is !== 'fine') return
      const { extension: ending } = splitName(safeName(verdict.name))
      expect(['exe', 'html', 'lnk', 'sh', '']).not.toContain(ending)
    }),
    { numRuns: 2000 },
  )
})
