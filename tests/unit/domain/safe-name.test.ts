import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeName } from '../../../src/domain/naming.ts'
import { bytesOf, hostile, refusals } from './hostile-names.ts'

describe('a safe name', () => {
  test.each([
    ['01-01-01 - Song 11 - Sample Song.mp4', '01-01-01 - Song 11 - Sample Song.mp4'],
    ['- photo.jpg', '- photo.jpg'],
    ['Who is it?.MP4', 'Who is it.mp4'],
    ['Part 1: "Love" / Peace.jpg', 'Part 1 - Love - Peace.jpg'],
    ['line one\nline two.png', 'line one line two.png'],
    ['Trailing... .png', 'Trailing.png'],
    ['100%.jpg', '100.jpg'],
    ['con', '_con'],
    ['CON .txt', '_CON.txt'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['Con amor.mp4', 'Con amor.mp4'],
    ['desktop.ini', '_desktop.ini'],
    ['desktop.jpg', 'desktop.jpg'],
    ['Thumbs.db', '_Thumbs.db'],
    ['link.LNK', 'link - lnk'],
    ['page.url', 'page - url'],
    ['shell.{21EC2020-3AEA}', 'shell {21EC2020-3AEA}'],
    ['.jpg', 'media.jpg'],
    ['???.jpg', 'media.jpg'],
    ['~$draft.pdf', '$draft.pdf'],
    ['backup~', 'backup'],
    ['../../etc/passwd', '- .. - etc - passwd'],
    ['', 'media'],
    ['. . .', 'media'],
    ['Cafe\u0301.JPG', 'Café.jpg'],
    ['gpj.\u202eannounce.exe', 'gpj.announce.exe'],
    ['e\u200b\u0301.jpg', 'é.jpg'],
    ['Фото.Иван', 'Фото.Иван'],
    ['👍🏽.jpg', '👍🏽.jpg'],
    ['❤\ufe0f.jpg', '❤\ufe0f.jpg'],
    ['👨\u200d👩\u200d👧.jpg', '👨👩👧.jpg'],
    ['خانه\u200cها.jpg', 'خانهها.jpg'],
  ])('of %j is %j', (raw, safe) => {
    expect(safeName(raw)).toBe(safe)
  })

  test('is one that Windows, Chromium, servers and players accept, whatever it is made from', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        expect(refusals(safeName(raw)), JSON.stringify(safeName(raw))).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })

  test('stays as it is when it is made safe again', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        expect(safeName(safeName(raw))).toBe(safeName(raw))
      }),
      { numRuns: 3_000 },
    )
  })

  test('is the same for a name and its decomposed form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
        expect(safeName(raw.normalize('NFD'))).toBe(safeName(raw))
      }),
    )
  })

  test('keeps its extension, however long it is', () => {
    for (const letter of ['x', 'é', '漢', '😀']) {
      const name = safeName(`${letter.repeat(400)}.MP4`)
      expect(name.endsWith('.mp4')).toBe(true)
      expect(refusals(name)).toEqual([])
    }
    expect(bytesOf(safeName(`${'é'.repeat(150)}.jpg`))).toBe(200)
  })

  test('never ends as a shortcut where a long name is cut', () => {
    const raw = `${'x'.repeat(115)}.lnkage of a kind.with words`
    expect(refusals(safeName(raw))).toEqual([])
    expect(safeName(safeName(raw))).toBe(safeName(raw))
  })
})
