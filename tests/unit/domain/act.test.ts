import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, inverse, namesAt, type Act } from '../../../src/domain/act.ts'
import type { Contents, PlacedFile } from '../../../src/domain/layout.ts'
import { foldName, isSameName } from '../../../src/domain/naming.ts'
import { anyName, contentsOf, file, friday, sha, stamped, sunday } from './congregation.ts'

const photo: Act = { do: 'add', place: friday, name: 'photo.jpg', size: 7, key: sha('a') }
const hide: Act = { do: 'hide', day: friday, item: 'song-44', name: '03-01 - Song 44 - X.mp4' }

function undo(act: Act): Act {
  return inverse(stamped(act))
}

function namesIn({ files }: Contents): string[] {
  return files.map(({ name }) => name)
}

const place = fc.constantFrom(friday, sunday, 'recurring' as const)
const size = fc.integer({ min: 0, max: 3 })
const key = fc.constantFrom(sha('a'), sha('b'))
const remoteFile = fc
  .record({ place, name: anyName, size })
  .map(({ place: where, name, size: bytes }) => file(where, name, { size: bytes }))
// No folder holds two files that its file system takes for one.
const contents = fc
  .record({
    files: fc.uniqueArray(remoteFile, { selector: (one) => one.place + foldName(one.name) }),
    markers: fc.uniqueArray(fc.record({ day: fc.constantFrom(friday, sunday), name: anyName }), {
      selector: ({ day, name }) => day + name.normalize('NFC'),
    }),
  })
  .map(({ files, markers }) => contentsOf(files, markers))
const addAct = fc.record({ do: fc.constant('add' as const), place, name: anyName, size, key })
const renameAct = fc.record({
  do: fc.constant('rename' as const),
  place,
  name: anyName,
  to: anyName,
})
const hideAct = fc.record({
  do: fc.constant('hide' as const),
  day: fc.constantFrom(friday, sunday),
  item: anyName,
  name: anyName,
})
const removeAct = fc.record({ do: fc.constant('remove' as const), place, name: anyName, size, key })
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  addAct,
  renameAct,
  hideAct,
  removeAct,
  removeAct.map((act) => ({ ...act, do: 'restore' as const, of: 'tablet-1' })),
  hideAct.map((act) => ({ ...act, do: 'show' as const, markers: [act.name] })),
)

describe('an act and its inverse', () => {
  test('hiding and showing again leaves nothing behind', () => {
    fc.assert(
      fc.property(contents, hideAct, (before, act) => {
        fc.pre(
          !before.markers.some(({ day, name }) => day === act.day && isSameName(name, act.name)),
        )
        const hidden = apply([act], before)
        expect(hidden.markers).toContainEqual({ day: act.day, name: act.name })
        expect(apply([undo(act)], hidden)).toEqual(before)
      }),
    )
  })

  test('adding and undoing it leaves nothing behind, also where another file has the name', () => {
    fc.assert(
      fc.property(contents, addAct, (before, act) => {
        const isThere = before.files.some((one) => one.place === act.place && one.size === act.size)
        fc.pre(!isThere)
        const added = apply([act], before)
        expect(added.files).toHaveLength(before.files.length + 1)
        expect(apply([undo(act)], added)).toEqual(before)
      }),
    )
  })

  test('renaming and undoing it is as if nothing had happened, where the new name was free', () => {
    fc.assert(
      fc.property(contents, renameAct, (before, act) => {
        fc.pre(!namesAt(before.files, act.place).has(foldName(act.to)))
        fc.pre(before.files.some((one) => one.place === act.place && one.name === act.name))
        const renamed = apply([act], before)
        expect(namesAt(renamed.files, act.place)).toContain(foldName(act.to))
        expect(apply([undo(act)], renamed)).toEqual(before)
      }),
    )
  })

  test('removing and restoring brings the bytes back under their name', () => {
    const start = apply([photo], contentsOf([file(friday, 'other.jpg')]))
    const remove: Act = { ...photo, do: 'remove' }
    const restore = inverse(stamped(remove, { id: 'tablet-9' }))
    expect(restore).toEqual({ ...photo, do: 'restore', of: 'tablet-9' })
    expect(apply([remove, restore], start)).toEqual(start)
    expect(undo(restore)).toEqual(remove)
  })

  test('a restored file whose bytes nobody here has shows only once it is back', () => {
    const start = contentsOf([file(friday, 'photo.jpg', { size: 7 })])
    const remove: Act = { do: 'remove', place: friday, name: 'photo.jpg', size: 7 }
    expect(apply([remove, undo(remove)], start).files).toEqual([])
    expect(apply([undo(remove)], start)).toEqual(start)
  })

  test('showing and hiding again says the same name', () => {
    expect(undo(undo(hide))).toEqual(hide)
  })
})

describe('an added file', () => {
  test('is there once, though the answer to its upload was lost', () => {
    const there = contentsOf([file(friday, 'photo.jpg', { size: 7 })])
    expect(apply([photo], there)).toEqual(there)
    expect(apply([photo, photo], contentsOf([])).files).toHaveLength(1)
  })

  test('is there once, though the server spells its name with decomposed letters', () => {
    const there = contentsOf([file(friday, 'Cafe\u0301.jpg', { size: 7 })])
    expect(apply([{ ...photo, name: 'Café.jpg' }], there)).toEqual(there)
  })

  test('is there once, though it had to take a number', () => {
    const there = contentsOf([
      file(friday, 'photo.jpg', { size: 9 }),
      file(friday, 'photo (2).jpg', { size: 7 }),
    ])
    expect(apply([photo], there)).toEqual(there)
  })

  test('takes the first number that is free', () => {
    const taken = ['photo.jpg', 'Photo (2).jpg', 'photo (3).jpg'].map((name) =>
      file(friday, name, { size: 9 }),
    )
    const added = apply([photo], contentsOf(taken))
    expect(namesIn(added)).toEqual([...taken.map(({ name }) => name), 'photo (4).jpg'])
    expect(apply([photo], added)).toEqual(added)
    expect(apply([undo(photo)], added)).toEqual(contentsOf(taken))
  })

  test('stays beside a waiting one of the same name and size but other bytes', () => {
    const both = apply([photo, { ...photo, key: sha('b') }], contentsOf([]))
    expect(namesIn(both)).toEqual(['photo.jpg', 'photo (2).jpg'])
    expect(namesIn(apply([undo(photo)], both))).toEqual(['photo (2).jpg'])
  })
})

describe('a removal', () => {
  test('leaves a file alone that somebody replaced since', () => {
    const replaced = contentsOf([file(friday, 'photo.jpg', { size: 8 })])
    expect(apply([{ ...photo, do: 'remove' }], replaced)).toEqual(replaced)
  })

  test('touches no other day', () => {
    const other = contentsOf([file(sunday, 'photo.jpg', { size: 7 })])
    expect(apply([{ ...photo, do: 'remove' }], other)).toEqual(other)
  })
})

describe('a rename', () => {
  test('onto a taken name keeps both files', () => {
    const two = contentsOf([file(friday, 'a.jpg'), file(friday, 'b.jpg')])
    const renamed = apply([{ do: 'rename', place: friday, name: 'a.jpg', to: 'B.jpg' }], two)
    expect(namesIn(renamed)).toEqual(['B (2).jpg', 'b.jpg'])
  })

  test('may change nothing but case', () => {
    const one = contentsOf([file(friday, 'A.jpg')])
    const renamed = apply([{ do: 'rename', place: friday, name: 'A.jpg', to: 'a.jpg' }], one)
    expect(namesIn(renamed)).toEqual(['a.jpg'])
  })

  test('of something that is gone does nothing', () => {
    const one = contentsOf([file(sunday, 'a.jpg')])
    expect(apply([{ do: 'rename', place: friday, name: 'a.jpg', to: 'b.jpg' }], one)).toEqual(one)
  })
})

describe('any acts at all', () => {
  const bytesOf = ({ source, place: where, size: bytes }: PlacedFile) =>
    JSON.stringify([where, source, bytes])

  test('lose no file but one that they were told to remove', () => {
    fc.assert(
      fc.property(contents, fc.array(anyAct), (before, acts) => {
        const after = new Set(apply(acts, before).files.map(bytesOf))
        const lost = before.files.filter((one) => !after.has(bytesOf(one)))
        const removals = acts.filter((act) => act.do === 'remove')
        for (const one of lost) {
          expect(removals.some((act) => act.place === one.place && act.size === one.size)).toBe(
            true,
          )
        }
      }),
    )
  })

  test('never leave two files of a place with names that collide', () => {
    fc.assert(
      fc.property(contents, fc.array(anyAct), (before, acts) => {
        const { files } = apply(acts, before)
        const names = files.map((one) => one.place + foldName(one.name))
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })

  test('never touch markers for files’ sake nor files for markers’', () => {
    fc.assert(
      fc.property(contents, fc.array(anyAct), (before, acts) => {
        const marking = acts.filter((act) => act.do === 'hide' || act.do === 'show')
        const filing = acts.filter((act) => act.do !== 'hide' && act.do !== 'show')
        expect(apply(marking, before).files).toEqual(before.files)
        expect(apply(filing, before).markers).toEqual(before.markers)
        expect(apply([...marking, ...filing], before)).toEqual(
          apply([...filing, ...marking], before),
        )
      }),
    )
  })
})
