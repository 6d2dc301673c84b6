import { describe, expect, test } from 'vitest'
import { shownMedia } from '../../../src/domain/document-media.ts'
import type { MediaRow } from '../../../src/domain/publication.ts'
import { film, picture } from './publications.ts'

const shown = (media: readonly MediaRow[], hasPrinted = false) =>
  shownMedia(media, { hasPrinted }).map(({ id, path }) => `${id} ${path}`)

const placed = (media: readonly MediaRow[]) =>
  shownMedia(media, { hasPrinted: false }).map(({ begin, path }) => `${begin}: ${path}`)

describe('of a document’s media', () => {
  test.each([9, 10, 25])('what only adorns the page is never shown: category %i', (category) => {
    expect(shown([picture(1, { category })], true)).toEqual([])
  })

  test.each([4, 6])('what is meant for print is shown only on demand: category %i', (category) => {
    expect(shown([picture(1, { category })])).toEqual([])
    expect(shown([picture(1, { category })], true)).toHaveLength(1)
  })

  test('what must not be enlarged is not shown, nor what is neither picture nor film', () => {
    expect(shown([picture(1, { isZoomSuppressed: true })])).toEqual([])
    expect(shown([picture(1, { mimeType: 'text/html' })])).toEqual([])
  })

  test('films and sounds are always shown', () => {
    const sound = film(2, { mimeType: 'audio/mpeg', category: 9 })
    expect(shown([film(1, { category: 4 }), sound])).toHaveLength(2)
  })

  test('a picture at two places is shown at the first', () => {
    const rows = [picture(1, { begin: 3 }), picture(2, { begin: 4 }), picture(1, { begin: 9 })]
    expect(shownMedia(rows, { hasPrinted: false }).map(({ begin }) => begin)).toEqual([3, 4])
  })

  test('a small picture and the whole one it stands for are one', () => {
    const small = picture(1, { begin: 6, linked: 2, category: 4 })
    expect(shown([small, picture(2)])).toEqual(['1 picture_2.jpg'])
    expect(shown([picture(2), small])).toEqual(['1 picture_2.jpg'])
  })

  test('two small pictures of the same whole one both have its file, each at its place', () => {
    const small = [1, 2].map((id) => picture(id, { begin: id, linked: 3 }))
    expect(placed([...small, picture(3)])).toEqual(['1: picture_3.jpg', '2: picture_3.jpg'])
    expect(placed([...small, picture(3, { begin: 2 })])).toEqual([
      '1: picture_3.jpg',
      '2: picture_3.jpg',
    ])
  })

  test('a whole picture that also stands where no small one does stands there too', () => {
    const rows = [picture(1, { begin: 1, linked: 2 }), picture(2, { begin: 9 })]
    expect(placed(rows)).toEqual(['1: picture_2.jpg', '9: picture_2.jpg'])
  })

  test.each([
    [1, 2],
    [2, 1],
  ])('a picture that stands for one which stands for a third has the file of the third', (a, b) => {
    const rows = [
      picture(a, { begin: 1, linked: a + 1 }),
      picture(b, { begin: 2, linked: b + 1 }),
      picture(3),
    ]
    expect(placed(rows)).toEqual(['1: picture_3.jpg', '2: picture_3.jpg'])
  })

  test('a picture for print leads to the whole one, though it is not shown itself', () => {
    const rows = [
      picture(1, { begin: 1, linked: 2 }),
      picture(2, { category: 4, linked: 3 }),
      picture(3),
    ]
    expect(placed(rows)).toEqual(['1: picture_3.jpg'])
  })

  test('pictures that stand for each other in a circle lose none of their places', () => {
    const circle = [1, 2, 3].map((id) => picture(id, { begin: id, linked: (id % 3) + 1 }))
    expect(placed(circle)).toEqual(['1: picture_1.jpg', '2: picture_2.jpg', '3: picture_3.jpg'])
    const at = circle.map((row) => ({ ...row, begin: 6 }))
    expect(placed(at)).toHaveLength(1)
  })

  test('a film’s cover is another thing than the film', () => {
    const rows = [film(1, { linked: 2 }), picture(2, { category: 9 })]
    expect(shown(rows)).toEqual(['1 '])
  })

  test('pictures that stand for each other, or for themselves, are shown all the same', () => {
    expect(shown([picture(1, { linked: 2 }), picture(2, { linked: 1 })])).toHaveLength(1)
    expect(shown([picture(1, { linked: 1 })])).toHaveLength(1)
    const circle = [1, 2, 3, 4, 5].map((id) => picture(id, { linked: (id % 5) + 1 }))
    expect(shown(circle).length).toBeGreaterThan(0)
  })

  test('a picture that stands for one which is not there is itself', () => {
    expect(shown([picture(1, { linked: 99 })])).toEqual(['1 picture_1.jpg'])
  })
})
