import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsOf, folderField, readAddress, spread } from '../../../src/domain/address.ts'

const empty = { webAddress: '', port: '', folder: '' }

describe('an address in its fields', () => {
  test.each([
    ['https://example.org', 'https://example.org', ''],
    ['https://example.org:8443', 'https://example.org', '8443'],
    ['http://localhost:8095', 'http://localhost', '8095'],
    ['http://[::1]', 'http://[::1]', ''],
    ['https://[2001:db8::7]:8443', 'https://[2001:db8::7]', '8443'],
  ])('%s', (origin, webAddress, port) => {
    const fields = fieldsOf({ origin, folder: '/dav/' })
    expect(fields).toEqual({ webAddress, port, folder: '/dav/' })
    expect(readAddress(fields)).toEqual({ origin, folder: '/dav/' })
  })
})

describe('a folder in its field', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '%',
      '%2',
      '%25',
      '%20',
      '%2F',
      '%2e',
      '%zz',
      '%ff',
      '%C3%BC',
      'a',
      'B',
      '2',
      ' ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  )
  const name = fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.join('').replaceAll('/', ''))
    .filter((text) => !['', '.', '..'].includes(text))
  const anyFolder = fc
    .array(name, { maxLength: 4 })
    .map((names) => `/${names.map((each) => `${each}/`).join('')}`)

  test('is read as the folder it is, whatever it is called', () => {
    fc.assert(
      fc.property(anyFolder, (folder) => {
        const address = { origin: 'https://example.org', folder }
        const fields = fieldsOf(address)
        expect(readAddress(fields)).toEqual(address)
        expect(spread(fields)).toEqual(fields)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each([
    ['/dav/50%20off/', '/dav/50%2520off/'],
    ['/dav/%2e%2e/', '/dav/%252e%252e/'],
    ['/dav/x%2Fy/', '/dav/x%252Fy/'],
    ['/dav/100 % ours/', '/dav/100 % ours/'],
    ['/Süd/', '/Süd/'],
  ])('%s', (folder, field) => {
    expect(folderField(folder)).toBe(field)
  })
})

describe('what was pasted as the web address goes where it belongs', () => {
  test('its port and folder count over what the fields held', () => {
    const typed = { webAddress: 'example.org:8443/Our%20hall', port: '443', folder: '/dav/' }
    expect(spread(typed)).toEqual({
      webAddress: 'https://example.org',
      port: '8443',
      folder: '/Our hall/',
    })
  })

  test('a host alone changes nothing else', () => {
    const typed = { webAddress: 'example.org', port: '8443', folder: '/dav/' }
    expect(spread(typed)).toEqual({ ...typed, webAddress: 'https://example.org' })
    expect(spread({ ...empty, webAddress: 'example.org' })).toEqual({
      ...empty,
      webAddress: 'https://example.org',
    })
  })

  test('a whole address in the field of the folder leaves its folder there', () => {
    const typed = { webAddress: 'https://example.org', port: '8443', folder: '' }
    const folder = 'https://example.org:8443/Our%20hall'
    expect(spread({ ...typed, folder })).toEqual({ ...typed, folder: '/Our hall/' })
    const cloud = { ...empty, webAddress: 'https://cloud.example' }
    const page = 'https://cloud.example/apps/files/files/7?dir=/Meeting'
    expect(spread({ ...cloud, folder: page, user: 'vo' })).toEqual({
      ...cloud,
      folder: '/remote.php/dav/files/vo/Meeting/',
    })
  })

  test('an address of Nextcloud is spread once, and stays what it became', () => {
    const typed = {
      ...empty,
      webAddress: 'https://cloud.example/apps/files/files/7?dir=/Meeting',
      folder: '/dav/',
    }
    const fields = { ...empty, webAddress: 'https://cloud.example' }
    const folder = '/remote.php/dav/files/vo/Meeting/'
    expect(spread({ ...typed, user: 'vo' })).toEqual({ ...fields, folder })
    expect(spread({ ...fields, folder, user: 'hall' })).toEqual({ ...fields, folder })
  })

  test('the top of a Nextcloud leaves the folder that was typed', () => {
    const typed = { ...empty, webAddress: 'https://cloud.example/apps/files/', folder: '/Meeting' }
    expect(spread({ ...typed, user: 'vo' })).toMatchObject({
      folder: '/remote.php/dav/files/vo/Meeting/',
    })
  })

  test.each([
    ['two words', 'address'],
    ['http://example.org', 'insecure'],
    ['https://cloud.example/s/Zx81KqPw7sLm3Ta', 'share-link'],
  ])('%s stays, with its trouble', (webAddress, problem) => {
    expect(spread({ ...empty, webAddress })).toBe(problem)
  })
})
