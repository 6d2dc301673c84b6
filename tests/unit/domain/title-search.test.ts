import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byTitle, hasTitle, looseText } from '../../../src/domain/title-search.ts'

const films = ['Old Maps, New Roads', 'New Bread', 'Café Lumière: Ein Gespräch', '渓谷の朝'].map(
  (title) => ({ title }),
)
const found = (typed: string) => byTitle(films, typed).map(({ title }) => title)

describe('a title is found', () => {
  test.each([
    ['new', ['New Bread', 'Old Maps, New Roads']],
    ['roads old', ['Old Maps, New Roads']],
    ['LUMIERE', ['Café Lumière: Ein Gespräch']],
    ['gesprach', ['Café Lumière: Ein Gespräch']],
    ['の朝', ['渓谷の朝']],
    ['ead', ['New Bread']],
    ['maps bread', []],
  ])('by %j, what begins with it first', (typed, titles) => {
    expect(found(typed)).toEqual(titles)
  })

  test('by itself, in whatever form its letters are typed', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        expect(hasTitle({ title }, title.normalize('NFD').toUpperCase().toLowerCase())).toBe(
          hasTitle({ title }, title),
        )
        expect(hasTitle({ title }, title)).toBe(true)
      }),
    )
  })
})

test('nothing typed finds everything', () => {
  expect(byTitle(films, ' … ')).toBe(films)
  expect(looseText(' … ')).toBe('')
})
