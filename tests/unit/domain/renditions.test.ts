import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeName } from '../../../src/domain/naming.ts'
import {
  fileTypeOf,
  madeName,
  madeRef,
  neededMade,
  originalsOf,
  parseMadeRef,
  recipeFor,
  staysBeside,
  type Recipe,
} from '../../../src/domain/renditions.ts'

const recipes = ['pages', 'drawing', 'heic', 'still', 'sound'] as const satisfies Recipe[]
const asFilms = { becomesMp4: true }
const asIs = { becomesMp4: false }

describe('what is made of a file', () => {
  test.each([
    ['application/pdf', 'pages', 'pages'],
    ['image/svg+xml', 'drawing', 'drawing'],
    ['image/heic', 'heic', 'heic'],
    ['image/jpeg', undefined, 'still'],
    ['image/gif', undefined, 'still'],
    ['audio/mpeg', undefined, 'sound'],
    ['video/mp4', undefined, undefined],
    ['text/vtt', undefined, undefined],
    ['application/octet-stream', undefined, undefined],
  ])('of %s is %s, and for simple players %s', (type, plain, films) => {
    expect(recipeFor(type, asIs)).toBe(plain)
    expect(recipeFor(type, asFilms)).toBe(films)
  })

  test('is told by its first bytes, by its name only where they leave it open', () => {
    const unknown = 'application/octet-stream'
    expect(fileTypeOf('photo.heic', 'image/jpeg')).toBe('image/jpeg')
    expect(fileTypeOf('map.svg', unknown)).toBe('image/svg+xml')
    expect(fileTypeOf('notes.jpg', unknown)).toBe(unknown)
    expect(fileTypeOf('song.ogg', 'audio/ogg')).toBe('audio/ogg')
    expect(fileTypeOf('film.ogv', 'audio/ogg')).toBe('video/ogg')
    expect(fileTypeOf('Song.MP3')).toBe('audio/mpeg')
  })

  test('stands beside it only where it is a film and the congregation keeps originals', () => {
    const kept = { becomesMp4: true, keepsOriginals: true }
    expect(recipes.filter((recipe) => staysBeside(recipe, kept))).toEqual(['still', 'sound'])
    expect(recipes.filter((one) => staysBeside(one, { ...kept, keepsOriginals: false }))).toEqual(
      [],
    )
  })
})

describe('the name of what is made', () => {
  test('is the old one, with the number of its page', () => {
    expect(madeName('02-01 - photo.jpeg', { recipe: 'still', part: 1 })).toBe('02-01 - photo.mp4')
    expect(madeName('agenda.pdf', { recipe: 'pages', part: 7 })).toBe('agenda-07.png')
    expect(madeName('agenda.pdf', { recipe: 'pages', part: 123 })).toBe('agenda-123.png')
  })

  test('is one that every disk takes, and differs from page to page', () => {
    const name = fc.string({ unit: 'binary', maxLength: 300 }).map(safeName)
    fc.assert(
      fc.property(name, fc.constantFrom(...recipes), fc.nat(98), (fileName, recipe, page) => {
        const made = madeName(fileName, { recipe, part: page + 1 })
        expect(safeName(made)).toBe(made)
        if (recipe === 'pages') {
          expect(made).not.toBe(madeName(fileName, { recipe, part: page + 2 }))
        }
      }),
    )
  })

  test('leads back to what it was made of', () => {
    const stem = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?(-\d\d)?$/)
    const known = { pages: 'pdf', drawing: 'svg', heic: 'heic', still: 'jpg', sound: 'mp3' }
    fc.assert(
      fc.property(stem, fc.constantFrom(...recipes), (stem, recipe) => {
        const original = `${stem}.${known[recipe]}`
        expect(originalsOf(madeName(original, { recipe, part: 3 }))).toContain(original)
      }),
    )
    expect(originalsOf('photo (2).mp4')).toContain('photo.jpg')
    expect(originalsOf('photo.jpg')).not.toContain('photo.jpg')
    expect(originalsOf('notes.txt')).toEqual([])
  })
})

describe('a row of the manifest for what was made', () => {
  test('says what it was made of, and no other row does', () => {
    const key = fc.constantFrom('sha256-aa', 'md5-0b').map((text) => text as `md5-${string}`)
    const made = fc.record({
      recipe: fc.constantFrom(...recipes),
      key,
      part: fc.integer({ min: 1, max: 999 }),
      parts: fc.integer({ min: 1, max: 999 }),
    })
    fc.assert(
      fc.property(made, (one) => {
        expect(parseMadeRef(madeRef(one))).toEqual(one)
      }),
    )
    expect(parseMadeRef('remote:Media/made:still:md5-1:1/1')).toBeUndefined()
    expect(parseMadeRef('jworg:made')).toBeUndefined()
  })

  test('is needed as long as a day has what it was made of, however often something was made of that', () => {
    const page = { ref: 'made:pages:sha256-pdf:1/1', key: 'sha256-page' } as const
    const film = { ref: 'made:still:sha256-page:1/1', key: 'sha256-film' } as const
    const other = { ref: 'made:still:sha256-gone:1/1', key: 'sha256-other' } as const
    const rows = [film, page, other]
    expect([...neededMade(rows, ['sha256-pdf'], asFilms)].sort()).toEqual([page.ref, film.ref])
    expect([...neededMade(rows, ['sha256-pdf'], asIs)]).toEqual([page.ref])
    expect([...neededMade(rows, [], asFilms)]).toEqual([])
  })
})
