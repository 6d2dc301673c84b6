import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sectionOrder, type OrderedFile } from '../../../src/domain/section-order.ts'

const wednesday = '2026-11-25'
const saturday = '2026-11-28'

const jworg = (fileName: string): OrderedFile => ({ fileName, isJworg: true })
const own = (fileName: string): OrderedFile => ({ fileName, isJworg: false })

type Order = Readonly<Record<string, { order: number; section: string }>>

function told(day: typeof wednesday | typeof saturday, ...files: readonly OrderedFile[]): Order {
  return JSON.parse(sectionOrder(day, files, { isVisit: false })) as Order
}

function sections(order: Order): string[] {
  return Object.values(order).map(({ section }) => section)
}

describe('M³ is told', () => {
  test('which part of the midweek meeting each file is for, in our order', () => {
    const order = told(
      wednesday,
      jworg('01-01-01 - Song 44.mp4'),
      own('01-02-01-10 - map.jpg'),
      jworg('02-01-01 - Starting a conversation.mp4'),
      jworg('03-01-01 - Song 5.mp4'),
      own('year text.png'),
    )
    expect(sections(order)).toEqual(['tgw', 'tgw', 'ayfm', 'lac', 'lac'])
    expect(Object.values(order).map(({ order }) => order)).toEqual([0, 1, 2, 3, 4])
  })

  test('what is for the talk and what for the Watchtower', () => {
    const order = told(
      saturday,
      own('02-01 - chart.jpg'),
      jworg('03-01 - Song 30.mp4'),
      jworg('04-02 - paragraph 7.jpg'),
      own('photo.jpg'),
    )
    expect(sections(order)).toEqual(['pt', 'wt', 'wt', 'pt'])
  })

  test('of a weekend meeting on a Wednesday by the numbers of JW.org’s media', () => {
    expect(sections(told(wednesday, jworg('03-01 - Song 30.mp4'), own('a.jpg')))).toEqual([
      'wt',
      'pt',
    ])
    expect(sections(told(saturday, jworg('01-01-01 - Song.mp4'), own('a.jpg')))).toEqual([
      'tgw',
      'lac',
    ])
  })

  test('of a day without JW.org’s media by the day of the week', () => {
    expect(sections(told(wednesday, own('a.jpg')))).toEqual(['lac'])
    expect(sections(told(saturday, own('a.jpg')))).toEqual(['pt'])
  })

  test('what is for the talks of the circuit overseer, in the week of his visit', () => {
    const files = [jworg('03-01 - Song 30.mp4'), own('his first picture.jpg'), own('02-01 - a.jpg')]
    const order = JSON.parse(sectionOrder(saturday, files, { isVisit: true })) as Order
    expect(sections(order)).toEqual(['wt', 'circuit-overseer', 'pt'])
  })

  test('of every file in its place, whatever it is called', () => {
    const file = fc.record({ fileName: fc.string({ minLength: 1 }), isJworg: fc.boolean() })
    const files = fc.uniqueArray(file, { selector: ({ fileName }) => fileName })
    fc.assert(
      fc.property(files, fc.constantFrom(wednesday, saturday), (files, day) => {
        const order = new Map(Object.entries(told(day, ...files)))
        expect(order.size).toBe(files.length)
        expect(files.map(({ fileName }) => order.get(fileName)?.order)).toEqual([...files.keys()])
      }),
    )
  })
})
