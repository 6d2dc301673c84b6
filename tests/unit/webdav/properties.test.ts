import { expect, test } from 'vitest'
import { readProperties } from '../../../src/adapters/webdav/properties.ts'

const missing =
  '<D:propstat><D:prop><D:quota-available-bytes/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>'

function answer(props: string, others = ''): string {
  const found = `<D:propstat><D:prop><D:resourcetype/>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>`
  return `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"><D:response><D:href>/dav/</D:href>${others}${found}</D:response></D:multistatus>`
}

const space = (text: string) => `<D:quota-available-bytes>${text}</D:quota-available-bytes>`

test.each([
  [
    'a strong ETag and space',
    answer(`<D:getetag>"v1"</D:getetag>${space('5000')}`),
    'strong',
    5000,
  ],
  ['an ETag of digits alone', answer('<D:getetag>12</D:getetag>'), 'strong', undefined],
  ['a weak ETag', answer('<D:getetag>W/"v1"</D:getetag>'), 'weak', undefined],
  ['quotes as entities', answer('<D:getetag>W/&quot;v1&quot;</D:getetag>'), 'weak', undefined],
  ['no ETag, and what is missing first', answer('', missing), 'none', undefined],
  ['no limit, as Nextcloud says it', answer(space('-3')), 'none', undefined],
  ['a full folder', answer(space('0')), 'none', 0],
])('a server may tell %s', async (_, text, etag, spaceBytes) => {
  expect(await readProperties(text)).toEqual({
    etag,
    ...(spaceBytes !== undefined && { spaceBytes }),
  })
})

test.each([
  ['a login page', '<!DOCTYPE html><html><body>Please log in</body></html>'],
  ['half of it', answer('<D:getetag>"v1"</D:getetag>').slice(0, 200)],
  ['nothing', ''],
])('from %s nothing is learned', async (_, text) => {
  expect(await readProperties(text)).toEqual({})
})
