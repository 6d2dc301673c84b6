import { describe, expect, test } from 'vitest'
import type { Act } from '../../../src/domain/act.ts'
import { mayLeaveEarly } from '../../../src/domain/departure.ts'
import { dayOf, file, friday, known, stamped, sunday } from './congregation.ts'

/** Whether a file of the media folder may go after these acts, while its day waits for something. */
function mayGo(path: string, ...acts: readonly Act[]): boolean {
  const journal = acts.map((act, index) => stamped(act, { lamport: index + 1 }))
  return mayLeaveEarly([], journal)(path)
}

const old = { place: friday, name: 'old.jpg', size: 1_000 } as const
const path = `${friday}/old.jpg`

describe('while its day waits for something, a file of the media folder', () => {
  test('stays where nobody said why it is gone', () => {
    expect(mayGo(path)).toBe(false)
  })

  test('goes where somebody removed it, for that day or for every meeting', () => {
    expect(mayGo(path, { do: 'remove', ...old })).toBe(true)
    expect(mayGo(path, { do: 'remove', ...old, place: 'recurring' })).toBe(true)
  })

  test('stays where somebody brought back what he had removed', () => {
    const key = 'sha256-old' as const
    const restored = { do: 'restore', ...old, key, of: 'act-1' } as const
    expect(mayGo(path, { do: 'remove', ...old, key }, restored)).toBe(false)
    expect(mayGo(path, restored, { do: 'remove', ...old, key })).toBe(true)
  })

  test('goes whichever form the letters of its name have', () => {
    const act = { do: 'remove', place: friday, name: 'Cafe\u0301.jpg', size: 1_000 } as const
    expect(mayGo(`${friday}/Café.jpg`, act)).toBe(true)
  })

  test('goes in whatever form: the film of a picture with the picture', () => {
    expect(mayGo(`${friday}/old.mp4`, { do: 'remove', ...old })).toBe(true)
    expect(mayGo(`${friday}/older.mp4`, { do: 'remove', ...old })).toBe(false)
  })

  test('stays where somebody removed another file, or that of another day', () => {
    expect(mayGo(path, { do: 'remove', ...old, name: 'other.jpg' })).toBe(false)
    expect(mayGo(path, { do: 'remove', ...old, place: sunday })).toBe(false)
  })

  test('stays where somebody renamed it: its bytes are still wanted', () => {
    expect(mayGo(path, { do: 'rename', ...old, to: 'new.jpg' })).toBe(false)
  })

  test('goes where it is hidden, under the name that the hall sees', () => {
    const files = [file(friday, 'hidden.jpg'), file(friday, 'shown.jpg')]
    const day = dayOf(known({ files, markers: [{ day: friday, name: 'hidden.jpg' }] }), friday)
    const items = day.items.map((item) => ({ ...item, fileName: `01 ${item.fileName}` }))
    const mayLeave = mayLeaveEarly([{ ...day, items }], [])
    expect(mayLeave(`${friday}/01 hidden.jpg`)).toBe(true)
    expect(mayLeave(`${friday}/01 shown.jpg`)).toBe(false)
    expect(mayLeave(`${sunday}/01 hidden.jpg`)).toBe(false)
  })
})
