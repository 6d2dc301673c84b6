import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareNames,
  foldName,
  freeName,
  isSameName,
  joinName,
  numberedName,
  safeName,
  splitName,
  uniqueFileNames,
} from '../../../src/domain/naming.ts'
import { anyName } from './congregation.ts'
import { hostile, refusals } from './hostile-names.ts'

describe('a numbered name', () => {
  test('has its number before the extension, also where there is little room', () => {
    expect(numberedName('photo.jpg', 2)).toBe('photo (2).jpg')
    expect(numberedName('README', 3)).toBe('README (3)')
    expect(numberedName(`${'漢'.repeat(60)}.jpg`, 12)).toMatch(/^漢+ \(12\)\.jpg$/u)
    expect(refusals(numberedName(`${'漢'.repeat(60)}.jpg`, 12))).toEqual([])
  })

  test('is the first that is free on every file system', () => {
    const taken = new Set(['photo.jpg', 'photo (2).jpg'].map(foldName))
    expect(freeName('PHOTO.jpg', taken)).toBe('PHOTO (3).jpg')
    expect(freeName('other.jpg', taken)).toBe('other.jpg')
  })

  test('is always found, and never a taken one', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile), (name, others) => {
        const taken = new Set([name, ...others, numberedName(name, 2)].map(foldName))
        expect(taken.has(foldName(freeName(name, taken)))).toBe(false)
      }),
    )
  })
})

describe('the names of one folder', () => {
  test('differ by more than case and Unicode form', () => {
    expect(
      uniqueFileNames([
        'Photo.jpg',
        'photo.JPG',
        'Café.png',
        'CAFE\u0301.png',
        'straße.gif',
        'STRASSE.gif',
      ]),
    ).toEqual([
      'Photo.jpg',
      'photo (2).jpg',
      'Café.png',
      'CAFÉ (2).png',
      'straße.gif',
      'STRASSE (2).gif',
    ])
  })

  test('are not taken from those who need no number', () => {
    expect(uniqueFileNames(['a.jpg', 'A.jpg', 'a (2).jpg'])).toEqual([
      'a.jpg',
      'A (3).jpg',
      'a (2).jpg',
    ])
  })

  test('never collide and are all safe, and the first of a kind keeps its own', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyName, hostile), { maxLength: 30 }), (names) => {
        const unique = uniqueFileNames(names)
        expect(unique.flatMap(refusals)).toEqual([])
        expect(new Set(unique.map(foldName)).size).toBe(names.length)
        const safe = names.map(safeName)
        const folds = safe.map(foldName)
        const first = safe.filter((_, index) => folds.indexOf(folds[index] ?? '') === index)
        expect(unique.filter((_, index) => folds.indexOf(folds[index] ?? '') === index)).toEqual(
          first,
        )
      }),
    )
  })

  test('do not depend on their order as long as no two are alike', () => {
    const different = fc.uniqueArray(anyName, { selector: (name) => foldName(safeName(name)) })
    fc.assert(
      fc.property(different, (names) => {
        const there = uniqueFileNames(names)
        expect(uniqueFileNames(names.toReversed()).toReversed()).toEqual(there)
      }),
    )
  })
})

describe('comparing names', () => {
  test('takes composed and decomposed letters for the same, but not upper and lower case', () => {
    expect(isSameName('é.jpg', 'e\u0301.jpg')).toBe(true)
    expect(isSameName('a.jpg', 'A.jpg')).toBe(false)
  })

  test('folds alike what a file system cannot hold side by side', () => {
    expect(foldName('ΟΔΟΣ')).toBe(foldName('οδος'))
    expect(foldName('ISTANBUL')).toBe(foldName('istanbul'))
    expect(foldName('❤\ufe0f.jpg')).toBe(foldName('❤.jpg'))
    expect(foldName('a.jpg')).not.toBe(foldName('ä.jpg'))
  })

  test('orders them the same way whoever sorts, and leaves no two different names equal', () => {
    fc.assert(
      fc.property(fc.array(anyName), (names) => {
        const sorted = [...names].sort(compareNames)
        expect([...names].reverse().sort(compareNames)).toEqual(sorted)
        expect(
          names.every((a) => names.every((b) => (compareNames(a, b) === 0) === (a === b))),
        ).toBe(true)
      }),
    )
  })

  test('splits and joins to the same name', () => {
    expect(splitName('a.b.MP4')).toEqual({ stem: 'a.b', extension: 'MP4' })
    expect(splitName('Is it so. Yes')).toEqual({ stem: 'Is it so. Yes', extension: '' })
    fc.assert(
      fc.property(hostile, (name) => {
        expect(joinName(splitName(name))).toBe(name)
      }),
    )
  })
})
