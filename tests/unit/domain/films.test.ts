import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseFilm, filmIn, filmOf, subtitlesFit } from '../../../src/domain/films.ts'
import { resolutions } from '../../../src/domain/media-settings.ts'
import { film, song } from './publications.ts'

const file = (lines: number, hasBurnedInSubtitles = false) => ({ lines, hasBurnedInSubtitles })

describe('the file of a film', () => {
  test('is the highest that the congregation wants', () => {
    const files = [240, 360, 480, 720].map((lines) => file(lines))
    expect(chooseFilm(files, { resolution: '480p' })?.lines).toBe(480)
    expect(chooseFilm(files, { resolution: '720p' })?.lines).toBe(720)
  })

  test('is the lowest where all are higher', () => {
    expect(chooseFilm([file(720), file(480)], { resolution: '240p' })?.lines).toBe(480)
  })

  test('has no words in its picture, where there is a choice', () => {
    const choice = chooseFilm([file(480, true), file(480)], { resolution: '720p' })
    expect(choice?.hasBurnedInSubtitles).toBe(false)
    expect(chooseFilm([file(480, true), file(360)], { resolution: '720p' })?.lines).toBe(480)
  })

  test('is there whenever there are files, in whatever order they come', () => {
    const files = fc.array(fc.record({ lines: fc.nat(1080), hasBurnedInSubtitles: fc.boolean() }))
    fc.assert(
      fc.property(files, fc.constantFrom(...resolutions), (some, resolution) => {
        const chosen = chooseFilm(some, { resolution })
        expect(chosen === undefined).toBe(some.length === 0)
        expect(chooseFilm(some.toReversed(), { resolution })).toEqual(chosen)
      }),
    )
  })
})

describe('a film is asked for', () => {
  test('by publication, issue and track, or else by document', () => {
    expect(
      filmOf(film(1, { symbol: 'mwbv', issue: 20_260_100, track: 4, mepsDocument: 9 })),
    ).toEqual({
      symbol: 'mwbv',
      issue: 20_260_100,
      track: 4,
    })
    const nameless = film(1, { symbol: '', track: 0, mepsDocument: 502_016_177 })
    expect(filmOf(nameless)).toEqual({ document: 502_016_177 })
    expect(filmOf({ ...nameless, mepsDocument: 0 })).toBeUndefined()
  })

  test('in sign languages in their own songbook', () => {
    const sung = filmOf(song(1, 44, { symbol: 'sjj' })) ?? {}
    expect(filmIn(sung, 'E')).toEqual({ symbol: 'sjjm', track: 44 })
    expect(filmIn(sung, 'ASL')).toEqual({ symbol: 'sjj', track: 44 })
    expect(filmIn({ symbol: 'mwbv', track: 1 }, 'ASL').symbol).toBe('mwbv')
  })
})

test.each([
  [{ durationS: 101.9 }, true],
  [{ durationS: 102 }, false],
  [{ durationS: 100, track: 5 }, false],
  [{ durationS: 100, symbol: 'sjj' }, false],
])('subtitles of a film that differs in %j fit: %s', (other, fits) => {
  const one = { symbol: 'mwbv', track: 4, durationS: 100 }
  expect(subtitlesFit(one, { ...one, ...other })).toBe(fits)
})
