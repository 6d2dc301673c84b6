import { describe, expect, test } from 'vitest'
import { apply, inverse, type Act } from '../../../src/domain/act.ts'
import { curateRecurring } from '../../../src/domain/curation.ts'
import { rulesIn } from '../../../src/domain/recurrence.ts'
import {
  moveRow,
  placeRow,
  prefixAt,
  removeRow,
  renameRow,
  rowsOf,
} from '../../../src/domain/rows.ts'
import { contentsOf, dayOf, file, item, known, stamped, sunday, thursday } from './congregation.ts'

const film = file(thursday, 'visit.mp4')
const subtitles = file(thursday, 'visit.vtt')
const picture = file(thursday, 'apple.jpg')

function thursdayRows(...files: readonly ReturnType<typeof file>[]) {
  return rowsOf(dayOf(known({ files }), thursday).items)
}

describe('a film and its subtitles', () => {
  const rows = thursdayRows(film, subtitles, picture)

  test('are one row', () => {
    expect(rows.map((row) => [row.item.name, row.beside.map(({ name }) => name)])).toEqual([
      ['apple.jpg', []],
      ['visit.mp4', ['visit.vtt']],
    ])
  })

  test('are renamed, moved and deleted together', () => {
    const contents = contentsOf([film, subtitles, picture])
    const row = rows[1]
    if (!row) throw new Error('no row')
    const left = (acts: readonly Act[]) =>
      apply(acts, contents).files.map(({ place, name }) => `${place} ${name}`)
    expect(left(renameRow(thursday, row, { stem: 'a talk', contents }))).toEqual([
      `${thursday} a talk.mp4`,
      `${thursday} a talk.vtt`,
      `${thursday} apple.jpg`,
    ])
    expect(left(moveRow(thursday, row, { into: sunday, contents }))).toContain(
      `${sunday} visit.vtt`,
    )
    expect(left(removeRow(thursday, row))).toEqual([`${thursday} apple.jpg`])
  })
})

test('of several that go to another day each keeps its number, a single one loses it', () => {
  const [row] = thursdayRows(file(thursday, '02 - second.jpg'))
  if (!row) throw new Error('no row')
  const contents = contentsOf([])
  const names = (isOneOfMany: boolean) =>
    moveRow(thursday, row, { into: sunday, contents, isOneOfMany }).map((act) =>
      act.do === 'move' ? act.to : act.do,
    )
  expect(names(true)).toEqual(['02 - second.jpg'])
  expect(names(false)).toEqual(['second.jpg'])
})

describe('a place in the list', () => {
  const songs = ['01-01 - Song 1.mp4', '02-01 - Song 2.mp4'].map((name) =>
    item(thursday, name, name),
  )

  test('between two of JW.org’s is a number for the new one alone', () => {
    const { items } = dayOf(known({ catalogue: songs }), thursday)
    expect(prefixAt(rowsOf(items), 1)).toBe('01-01-10')
    expect(prefixAt(rowsOf(items), 2)).toBe('')
  })

  test('among files without numbers needs numbers for those before it as well', () => {
    const rows = thursdayRows(picture, film)
    expect(prefixAt(rows, 1)).toBeUndefined()
    expect(prefixAt(rows, 0)).toBe('90-50')
  })

  test('of what is JW.org’s is a word in the journal, of a file its name', () => {
    const facts = known({ catalogue: songs, files: [picture] })
    const rows = rowsOf(dayOf(facts, thursday).items)
    const contents = contentsOf([picture])
    expect(placeRow(thursday, rows, { from: 1, to: 0, contents })).toMatchObject([
      { do: 'order', item: '02-01 - Song 2.mp4', prefix: '00-50', was: '' },
    ])
    expect(placeRow(thursday, rows, { from: 2, to: 1, contents })).toMatchObject([
      { do: 'rename', name: 'apple.jpg', to: '01-01-10 - apple.jpg' },
    ])
  })
})

test('recurring media keeps its rule through a rename and its Undo', () => {
  const rule = { meetings: 'weekend' } as const
  const said: Act = {
    do: 'rule',
    place: 'recurring',
    name: 'text.jpg',
    rule,
    was: { meetings: 'all' },
  }
  const facts = known({ files: [file('recurring', 'text.jpg')], journal: [stamped(said)] })
  const [row] = rowsOf(curateRecurring(facts).items)
  if (!row) throw new Error('no row')
  const done = renameRow('recurring', row, { stem: 'year text', contents: facts.contents })
  const told = [said, ...done].map((act, index) => stamped(act, { lamport: index + 1 }))
  expect(rulesIn(told)('year text.jpg')).toEqual(rule)
  const back = told.slice(1).toReversed().map(inverse)
  const all = [said, ...done, ...back].map((act, index) => stamped(act, { lamport: index + 1 }))
  expect(rulesIn(all)('text.jpg')).toEqual(rule)
})
