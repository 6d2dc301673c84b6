import { describe, expect, test } from 'vitest'
import { documentOfWeek, studyArticleOf } from '../../../src/domain/dated-text.ts'

const dated = [
  { first: 20_251_229, last: 20_260_104, document: 2 },
  { first: 20_260_105, last: 20_260_111, document: 2 },
  { first: 20_260_112, last: 20_260_118, document: 2 },
]
const page = (id: number, kind: number) => ({ id, kind, title: '' })
const documents = [page(1, 39), page(2, 68), page(4, 40), page(5, 43), page(6, 40)]

describe('the document for a week', () => {
  test('is the one whose week begins on that Monday', () => {
    expect(documentOfWeek([{ ...dated[1], document: 7 }] as never, '2026-01-05')).toBe(7)
    expect(documentOfWeek(dated, '2026-01-05')).toBe(2)
  })

  test('is none in the week of the Memorial', () => {
    expect(documentOfWeek(dated, '2026-03-30')).toBeUndefined()
    expect(documentOfWeek([], '2026-01-05')).toBeUndefined()
  })
})

describe('the study article for a week', () => {
  test('stands among the articles where the week stands among the weeks', () => {
    expect(studyArticleOf({ dated, documents }, '2026-01-05')).toEqual({
      document: 6,
      index: 1,
      contents: 2,
    })
  })

  test('is found also where a week of the issue does not begin on its Monday', () => {
    const odd = dated.map((row) => ({ ...row, first: row.first + 1 }))
    expect(studyArticleOf({ dated: odd, documents }, '2026-01-05')?.document).toBe(6)
  })

  test('is none where the issue has no such week, or fewer articles than weeks', () => {
    expect(studyArticleOf({ dated, documents }, '2026-02-02')).toBeUndefined()
    expect(studyArticleOf({ dated, documents }, '2026-01-12')).toBeUndefined()
  })
})
