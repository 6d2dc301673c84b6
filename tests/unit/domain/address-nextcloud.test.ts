import { describe, expect, test } from 'vitest'
import { readAddress } from '../../../src/domain/address.ts'

type Typed = Partial<Parameters<typeof readAddress>[0]>

const pasted = (webAddress: string, rest: Typed = {}) =>
  readAddress({ webAddress, port: '', folder: '', ...rest })

const folderOf = (webAddress: string, rest?: Typed) => {
  const address = pasted(webAddress, rest)
  return typeof address === 'string' ? address : address.folder
}

describe('what the address bar shows in the files of Nextcloud', () => {
  test.each([
    ['/index.php/apps/files/?dir=/Meeting/Media&fileid=1', 'Meeting/Media/'],
    ['/apps/files/files/123?dir=/Meeting', 'Meeting/'],
    ['/apps/files/files/123?fileid=1&dir=%2FOur%20hall%2FA%2BB', 'Our hall/A+B/'],
    ['/apps/files/?dir=/Our+hall#top', 'Our hall/'],
    ['/apps/files/?dir=/Gemeinde%20K%C3%B6ln', 'Gemeinde Köln/'],
    ['/apps/files/?dir=/100 % ours', '100 % ours/'],
    ['/apps/files/favorites', ''],
    ['/index.php/apps/files', ''],
    ['/apps/dashboard/', ''],
    ['/index.php/login?redirect_url=/apps/files', ''],
  ])('%s leads to the folder of the account', (path, inner) => {
    const cloud = `https://cloud.example${path}`
    expect(pasted(cloud, { user: 'vo' })).toEqual({
      origin: 'https://cloud.example',
      folder: `/remote.php/dav/files/vo/${inner}`,
    })
  })

  test.each([
    [
      '/nextcloud/index.php/apps/files/?dir=/Meeting',
      '/nextcloud/remote.php/dav/files/vo/Meeting/',
    ],
    ['/my/cloud/apps/files/files/7?dir=/', '/my/cloud/remote.php/dav/files/vo/'],
  ])('%s lies in a folder of its server', (path, folder) => {
    expect(folderOf(`https://example.org${path}`, { user: 'vo' })).toBe(folder)
  })

  test('leads to the same files by the older address while nobody is named', () => {
    const files = 'https://cloud.example/apps/files/?dir=/Meeting'
    expect(folderOf(files)).toBe('/remote.php/webdav/Meeting/')
  })

  test('does so too for an e-mail address, because the folder may have another name', () => {
    const files = 'https://cloud.example/apps/files/?dir=/Meeting'
    expect(folderOf(files, { user: 'vo@example.org' })).toBe('/remote.php/webdav/Meeting/')
  })

  test('names an account whatever its letters are', () => {
    const files = 'https://cloud.example/apps/files/'
    expect(folderOf(files, { user: ' Jörg 100% ' })).toBe('/remote.php/dav/files/Jörg 100%/')
  })

  test('keeps the port, and is refused without encryption', () => {
    expect(pasted('cloud.example:8443/apps/files/?dir=/M', { user: 'vo' })).toEqual({
      origin: 'https://cloud.example:8443',
      folder: '/remote.php/dav/files/vo/M/',
    })
    expect(pasted('http://cloud.example/apps/files/?dir=/M')).toBe('insecure')
  })
})

describe('what Nextcloud calls its WebDAV address', () => {
  test.each([
    ['/remote.php/webdav/', '/remote.php/webdav/'],
    ['/remote.php/webdav/Our%20hall', '/remote.php/webdav/Our hall/'],
    ['/remote.php/dav/files/somebody/Meeting/', '/remote.php/dav/files/somebody/Meeting/'],
    ['/nextcloud/remote.php/dav/files/somebody', '/nextcloud/remote.php/dav/files/somebody/'],
  ])('%s is taken as it is', (path, folder) => {
    expect(folderOf(`https://cloud.example${path}`, { user: 'vo' })).toBe(folder)
  })

  test.each(['/remote.php', '/remote.php/dav/', '/remote.php/dav/files/'])(
    '%s is completed by the account',
    (path) => {
      expect(folderOf(`https://cloud.example${path}`, { user: 'vo' })).toBe(
        '/remote.php/dav/files/vo/',
      )
    },
  )
})

describe('a folder typed beside an address of Nextcloud', () => {
  test.each([
    'https://cloud.example/apps/files/?dir=/Elsewhere',
    'https://cloud.example/remote.php/dav/files/vo/',
    'https://cloud.example/remote.php/dav/files/vo/Elsewhere',
  ])('lies among the files: %s', (webAddress) => {
    expect(folderOf(webAddress, { user: 'vo', folder: '/Our%20hall' })).toBe(
      '/remote.php/dav/files/vo/Our hall/',
    )
  })

  test('counts as it is where it is whole', () => {
    const whole = '/remote.php/dav/files/hall/Meeting/'
    expect(folderOf('https://cloud.example/apps/files/', { user: 'vo', folder: whole })).toBe(whole)
  })
})

describe('a link for sharing', () => {
  test.each([
    '/s/Zx81KqPw7sLm3Ta',
    '/s/Zx81KqPw7sLm3Ta?dir=/',
    '/s/Zx81KqPw7sLm3Ta/download',
    '/index.php/s/our-hall',
    '/nextcloud/index.php/s/Zx81KqPw7sLm3Ta',
    '/nextcloud/s/Zx81KqPw7sLm3Ta',
    '/index.php/f/1234',
    '/f/1234',
  ])('%s cannot be used, whatever else was typed', (path) => {
    expect(folderOf(`https://cloud.example${path}`)).toBe('share-link')
    expect(folderOf(`https://cloud.example${path}`, { folder: '/dav/', user: 'vo' })).toBe(
      'share-link',
    )
  })

  test.each(['/dav/s/talks/', '/songs/', '/dav/f/12/'])('is not what %s is', (path) => {
    expect(folderOf(`https://example.org${path}`)).toBe(path)
  })
})
