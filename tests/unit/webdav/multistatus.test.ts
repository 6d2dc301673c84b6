import { describe, expect, test } from 'vitest'
import { readMultistatus } from '../../../src/adapters/webdav/multistatus.ts'
import { failureOf } from '../../../src/domain/failure.ts'

const root = '/dav/hall/'

/** Reads the answer to a listing of the top. */
async function read(xml: string) {
  return readMultistatus(xml, { root, path: '' })
}

async function failure(xml: string) {
  return read(xml).then(() => undefined, failureOf)
}

function listing(...responses: readonly string[]): string {
  return `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${responses.join('')}</D:multistatus>`
}

function response(href: string, prop: string, status = '200 OK'): string {
  return `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${prop}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat></D:response>`
}

const folder = '<D:resourcetype><D:collection/></D:resourcetype>'
const self = response(root, folder)
const size = (bytes: number) =>
  `<D:resourcetype/><D:getcontentlength>${String(bytes)}</D:getcontentlength>`

describe('entity tags', () => {
  test.each([
    ['"abc"', 'abc'],
    ['abc', 'abc'],
    ['0123456789', '0123456789'],
    ['-12', '-12'],
    ['1e5', '1e5'],
    ['&quot;a&amp;b&quot;', 'a&b'],
    ['<![CDATA["abc"]]>', 'abc'],
    ['W/"abc"', undefined],
    ['w/abc', undefined],
    ['', undefined],
  ])('%s is %s', async (text, etag) => {
    const { children } = await read(
      listing(self, response(`${root}a.jpg`, `${size(3)}<D:getetag>${text}</D:getetag>`)),
    )
    expect(children[0]?.etag).toBe(etag)
  })
})

describe('how servers spell their answers', () => {
  test('without any prefix, and with another one', async () => {
    const bare = listing(self, response(`${root}a.jpg`, size(3)))
      .replaceAll('D:', '')
      .replace('xmlns:D', 'xmlns')
    const other = listing(self, response(`${root}a.jpg`, size(3))).replaceAll('D:', 'lp1:')
    for (const xml of [bare, other]) {
      expect((await read(xml)).children).toEqual([{ path: 'a.jpg', kind: 'file', size: 3 }])
    }
  })

  test('with attributes, comments and line breaks', async () => {
    const xml = `<?xml version="1.0"?>\n<!-- hello -->\n<D:multistatus xmlns:D="DAV:">\n ${self}\n<D:response>\n<D:href>\n${root}a.jpg\n</D:href><D:propstat><D:prop><D:getcontentlength b:dt="int" xmlns:b="urn:x">3</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>\n`
    expect((await read(xml)).children).toEqual([{ path: 'a.jpg', kind: 'file', size: 3 }])
  })

  test('a property that a file lacks has its own status, first or last', async () => {
    const lacking =
      '<D:propstat><D:prop><D:getetag/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>'
    const found = `<D:propstat><D:prop>${size(3)}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`
    for (const stats of [lacking + found, found + lacking]) {
      const xml = listing(self, `<D:response><D:href>${root}a.jpg</D:href>${stats}</D:response>`)
      expect((await read(xml)).children).toEqual([{ path: 'a.jpg', kind: 'file', size: 3 }])
    }
  })

  test('a date becomes milliseconds, also without its zone', async () => {
    for (const date of ['Fri, 20 Nov 2026 18:30:00 GMT', 'Fri, 20 Nov 2026 18:30:00']) {
      const prop = `${size(3)}<D:getlastmodified>${date}</D:getlastmodified>`
      const { children } = await read(listing(self, response(`${root}a.jpg`, prop)))
      expect(children[0]?.modified).toBe(Date.UTC(2026, 10, 20, 18, 30))
    }
  })
})

describe('names that cannot be asked for safely are left out, the others stay', () => {
  test.each(['a%2fb.jpg', '..', '%2e%2e', '.', 'a%5cb.jpg', 'a%00b.jpg', 'a%0ab.jpg', '%ff.jpg'])(
    '%s',
    async (name) => {
      const xml = listing(
        self,
        response(root + name, size(1)),
        response(`${root}good.jpg`, size(2)),
      )
      expect((await read(xml)).children.map(({ path }) => path)).toEqual(['good.jpg'])
    },
  )

  test('twins by Unicode form are two files', async () => {
    const xml = listing(
      self,
      response(`${root}caf%C3%A9.jpg`, size(1)),
      response(`${root}cafe%CC%81.jpg`, size(2)),
    )
    expect((await read(xml)).children.map(({ path }) => path)).toEqual([
      'caf\u00E9.jpg',
      'cafe\u0301.jpg',
    ])
  })
})

describe('what cannot be a true listing', () => {
  test.each([
    ['a page', '<!DOCTYPE html><html><body>Log in</body></html>', 'not-webdav'],
    ['a page of XML', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'not-webdav'],
    ['plain text', 'doesn’t exist', 'not-webdav'],
    ['nothing', '', 'bad-answer'],
    ['a declaration and no more', '<?xml version="1.0"?>', 'bad-answer'],
    ['one without the folder itself', listing(response(`${root}a.jpg`, size(1))), 'bad-answer'],
    ['one of another folder', listing(response('/other/', folder)), 'bad-answer'],
    [
      'one with a file from elsewhere',
      listing(self, response('/other/a.jpg', size(1))),
      'bad-answer',
    ],
    [
      'one that a busy server gave up on',
      listing(self, response(`${root}a.jpg`, size(1), '500 Oops')),
      'bad-answer',
    ],
    [
      'one with entities of its own',
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${listing(self)}`,
      'bad-answer',
    ],
  ])('%s', async (_what, xml, kind) => {
    expect((await failure(xml))?.kind).toBe(kind)
  })

  test('a million entities do not keep anybody busy', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">${'<!ENTITY b "&a;&a;">'.repeat(10_000)}]>${listing(self)}`
    expect((await failure(bomb))?.kind).toBe('bad-answer')
  })
})
