import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { groupTroubles } from '../../../src/app/components/update/troubles.ts'
import type { Failure } from '../../../src/domain/failure.ts'
import { withWords } from '../../../src/i18n/words.ts'

beforeAll(() => withWords(Promise.resolve()))

const films = Array.from({ length: 51 }, (_, index) => `film ${index + 1}.mp4`)

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function met(failure: Failure, names: readonly string[]) {
  return names.map((name) => ({ name, failure }))
}

describe('what an update could not do', () => {
  test('a wrong password is told once for all 51 files, with the first few of their names', () => {
    const groups = groupTroubles(met({ kind: 'unauthorized' }, films))
    expect(groups).toEqual([
      { words: expect.stringContaining('password') as string, names: films.slice(0, 5), more: 46 },
    ])
  })

  test('files that are not on the device are one trouble, though each carries its name', () => {
    const troubles = films.slice(0, 3).flatMap((name) => met({ kind: 'not-stored', name }, [name]))
    expect(groupTroubles(troubles)).toMatchObject([{ names: films.slice(0, 3), more: 0 }])
  })

  test('different troubles stay apart, in the order in which they were met', () => {
    const troubles = [
      ...met({ kind: 'locked', path: 'Media/2026-11-20/a.mp4' }, ['a.mp4']),
      ...met({ kind: 'server', status: 500 }, ['b.mp4']),
      ...met({ kind: 'locked', path: 'Media/2026-11-20/c.mp4' }, ['c.mp4']),
      ...met({ kind: 'server', status: 502 }, ['d.mp4']),
    ]
    expect(groupTroubles(troubles).map(({ names }) => names)).toEqual([
      ['a.mp4', 'c.mp4'],
      ['b.mp4'],
      ['d.mp4'],
    ])
  })
})
