import { describe, expect, test } from 'vitest'
import { isSameAddress, readAddress } from '../../../src/domain/address.ts'

const typed = (webAddress: string, port = '', folder = '') =>
  readAddress({ webAddress, port, folder })

describe('the address of a sync folder', () => {
  test.each([
    ['example.org', '', '/dav/', 'https://example.org', '/dav/'],
    ['example.org', '8443', 'dav', 'https://example.org:8443', '/dav/'],
    ['example.org:8443', '', '/dav', 'https://example.org:8443', '/dav/'],
    [
      'https://Example.org/remote.php/dav/files/vo/',
      '',
      '',
      'https://example.org',
      '/remote.php/dav/files/vo/',
    ],
    ['https://example.org/elsewhere', '443', '/dav/', 'https://example.org', '/dav/'],
    [' https://example.org ', ' ', ' ', 'https://example.org', '/'],
    ['https://example.org/Our%20hall/', '', '', 'https://example.org', '/Our hall/'],
    ['example.org', '', '/100 % ours/', 'https://example.org', '/100 % ours/'],
    ['localhost', '8095', '/dav/', 'http://localhost:8095', '/dav/'],
    ['http://127.0.0.1:8095', '', '/dav/', 'http://127.0.0.1:8095', '/dav/'],
    ['127.0.0.1', '80', '/dav/', 'http://127.0.0.1', '/dav/'],
    ['[::1]:8095', '', '/dav/', 'http://[::1]:8095', '/dav/'],
    ['[2001:db8::7]', '8443', '/dav/', 'https://[2001:db8::7]:8443', '/dav/'],
    ['HTTPS://[2001:DB8::7]:8443/dav', '', '', 'https://[2001:db8::7]:8443', '/dav/'],
    ['HTTPS://Example.ORG/Hall', '', '', 'https://example.org', '/Hall/'],
    ['example.org:8443', '9443', '/dav/', 'https://example.org:9443', '/dav/'],
    ['example.org:0443', '', '/dav/', 'https://example.org', '/dav/'],
    ['HTTP://LocalHost:8095/dav', '', '', 'http://localhost:8095', '/dav/'],
  ])('%s, port %s, folder %s', (webAddress, port, folder, origin, path) => {
    expect(typed(webAddress, port, folder)).toEqual({ origin, folder: path })
  })

  test.each([
    '',
    'two words',
    'ftp://example.org',
    'https://',
    'https://vo:secret@example.org',
    'example.org?x',
    'https://example.org/dav/?x=1',
    'https://example.org/dav/#top',
    'https://[example.org]/',
    '[2001:db8::7',
  ])('is none: %s', (webAddress) => {
    expect(typed(webAddress)).toBe('address')
  })

  test.each(['0', '70000', 'http'])('has no port %s', (port) => {
    expect(typed('example.org', port)).toBe('address')
  })

  test.each(['http://example.org', 'http://192.168.1.2/dav', 'http://localhost.example.org'])(
    'without encryption is refused: %s',
    (webAddress) => {
      expect(typed(webAddress)).toBe('insecure')
    },
  )
})

test('it is the folder that makes it another congregation', () => {
  const north = { origin: 'https://example.org', folder: '/north/' }
  expect(isSameAddress({ ...north }, north)).toBe(true)
  expect(isSameAddress({ ...north, folder: '/south/' }, north)).toBe(false)
  expect(isSameAddress({ ...north, origin: 'https://example.net' }, north)).toBe(false)
  expect(isSameAddress(undefined, north)).toBe(false)
})
