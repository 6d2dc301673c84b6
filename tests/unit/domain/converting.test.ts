import { expect, test } from 'vitest'
import { futureName, pageName, pictureBox, typeOfName } from '../../../src/domain/converting.ts'

test.each([
  ['photo.HEIC', 'photo.jpg'],
  ['plan.svg', 'plan.png'],
  ['talk.mp4', 'talk.mp4'],
  ['Talk 3.5', 'Talk 3.5'],
])('%s will be called %s', (name, future) => {
  expect(futureName(name)).toBe(future)
})

test('pages stand in their order, and one alone needs no number', () => {
  expect(pageName('Map.pdf', { page: 3, count: 12 })).toBe('Map-03.png')
  expect(pageName('Map.pdf', { page: 3, count: 2000 })).toBe('Map-0003.png')
  expect(pageName('Map.pdf', { page: 1, count: 1 })).toBe('Map.png')
})

test('pictures are shown in the box of films that have so many lines', () => {
  expect(pictureBox('720p')).toEqual({ width: 1280, height: 720 })
  expect(pictureBox('480p')).toEqual({ width: 853, height: 480 })
})

test('a type is told by the extension that its content asked for', () => {
  expect(typeOfName('a.jfif')).toBe('image/jpeg')
  expect(typeOfName('a.heic')).toBe('image/heic')
  expect(typeOfName('a.xyz')).toBe('application/octet-stream')
})
