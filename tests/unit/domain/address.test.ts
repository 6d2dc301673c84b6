import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameAddress, readAddress } from '../../../src/domain/address.ts'
import { impossible } from './impossible-origins.ts'

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
    ['saal_2.example-hall.org.', '', '/dav/', 'https://saal_2.example-hall.org.', '/dav/'],
    ['10.0.0.255', '8443', '/dav/', 'https://10.0.0.255:8443', '/dav/'],
    ['https://königreichssaal.example', '', '/', 'https://königreichssaal.example', '/'],
    ['https://зал.example', '', '/', 'https://зал.example', '/'],
    ['https://सभा.example', '', '/', 'https://सभा.example', '/'],
    [
      'example.org',
      '',
      '/100 % ours/50%20off/%ff/',
      'https://example.org',
      '/100 % ours/50 off/%ff/',
    ],
    [
      'https://example.org/%2Felsewhere.example/',
      '',
      '',
      'https://example.org',
      '/elsewhere.example/',
    ],
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
    ...impossible,
  ])('is none: %s', (webAddress) => {
    expect(typed(webAddress)).toBe('address')
  })

  test.each(['/dav/../elsewhere/', '..', 'dav/./hall', '/dav/%2e%2E/', '/dav/a%2F..%2Fb/'])(
    'has no folder that climbs: %s',
    (folder) => {
      expect(typed('https://example.org', '', folder)).toBe('folder')
      expect(typed(`https://example.org/${folder}`)).toBe('address')
    },
  )

  test('has folders whose names only begin or end with dots', () => {
    expect(typed('https://example.org', '', '/..a/b../.../')).toMatchObject({
      folder: '/..a/b../.../',
    })
  })

  test.each(['0', '70000', '99999', '443x', 'http'])('has no port %s', (port) => {
    expect(typed('example.org', port)).toBe('port')
    expect(typed('two words', port)).toBe('address')
  })

  test.each(['C:\\Media', 'c:/Media', 'D:', '\\\\nas\\Media', 'Media\\Hall', 'file:///C:/Media'])(
    'has no folder of the computer that one sits at: %s',
    (folder) => {
      expect(typed('https://example.org', '', folder)).toBe('own-folder')
    },
  )

  test.each([
    ['http://127.0.0.1', '18431', 'http://127.0.0.1:18431/dav/'],
    ['127.0.0.1', '18431', ' HTTP://127.0.0.1:18431/dav'],
  ])('has the folder that a whole address of the same server leads to: %s', (web, port, folder) => {
    expect(typed(web, port, folder)).toEqual({ origin: 'http://127.0.0.1:18431', folder: '/dav/' })
  })

  test.each([
    'https://elsewhere.example/dav/',
    'http://example.org/dav/',
    'https://example.org:8443/dav/',
    'https://example.org/dav/?x=1',
    'https://',
  ])('has no folder on another server: %s', (folder) => {
    expect(typed('https://example.org', '', folder)).toBe('foreign-folder')
  })

  test.each(['http://example.org', 'http://192.168.1.2/dav', 'http://localhost.example.org'])(
    'without encryption is refused: %s',
    (webAddress) => {
      expect(typed(webAddress)).toBe('insecure')
    },
  )
})

test('whatever is taken for an address, a browser goes to that very server', () => {
  const anyHost = fc.oneof(
    fc.ipV4Extended(),
    fc.ipV4(),
    fc.ipV6().map((ip) => `[${ip}]`),
    fc.domain(),
    fc.string({ unit: fc.constantFrom(...Array.from('aZ09.-_%\\^|<>`{}[]:;,"\'!*()&=+$~x')) }),
    fc.string({ unit: 'grapheme-ascii' }),
  )
  fc.assert(
    fc.property(anyHost, (host) => {
      const address = typed(`https://${host}`)
      // Names that claim to be spelled for another script are left to the browser.
      if (typeof address === 'string' || host.includes('xn--')) return
      const { origin } = new URL(address.origin)
      // Of an IPv6 address there is a shorter spelling.
      if (!host.startsWith('[')) expect(address.origin).toBe(origin)
    }),
    { numRuns: 5_000 },
  )
})

test('it is the folder that makes it another congregation', () => {
  const north = { origin: 'https://example.org', folder: '/north/' }
  expect(isSameAddress({ ...north }, north)).toBe(true)
  expect(isSameAddress({ ...north, folder: '/south/' }, north)).toBe(false)
  expect(isSameAddress({ ...north, origin: 'https://example.net' }, north)).toBe(false)
  expect(isSameAddress(undefined, north)).toBe(false)
})
