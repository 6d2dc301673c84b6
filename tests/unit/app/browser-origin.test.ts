import { expect, test } from 'vitest'
import {
  inBrowserSpelling,
  profileInBrowserSpelling,
} from '../../../src/app/composables/browser-origin.ts'

test.each([
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['https://зал.example:8443', 'https://xn--80ann.example:8443'],
  ['https://[2001:db8:0:0::7]', 'https://[2001:db8::7]'],
  ['http://localhost:8095', 'http://localhost:8095'],
])('%s is one server, however it is spelled', (origin, spelled) => {
  const place = { origin, folder: '/dav/', user: 'vo' }
  expect(inBrowserSpelling(place)).toEqual({ ...place, origin: spelled })
})

test.each(['https://xn--a.example', 'https://1.2.3.９９９'])('there can be no %s', (origin) => {
  expect(inBrowserSpelling({ origin })).toBeUndefined()
})

test('a congregation that was kept as its address was typed is read as browsers spell it', () => {
  const typed = { origin: 'https://bücher.example', folder: '/dav/' }
  const spelled = { ...typed, origin: 'https://xn--bcher-kva.example' }
  const kept = { id: 'north', name: 'North', connection: { ...typed, user: 'vo' }, formerly: typed }
  expect(profileInBrowserSpelling(kept)).toEqual({
    ...kept,
    connection: { ...spelled, user: 'vo' },
    formerly: spelled,
  })
  expect(profileInBrowserSpelling({ id: 'here', name: 'Here' })).toEqual({
    id: 'here',
    name: 'Here',
  })
})
