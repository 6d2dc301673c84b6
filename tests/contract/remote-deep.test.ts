import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Remote } from '../../src/sync/ports.ts'
import {
  fileElement,
  folderElement,
  multistatus,
  remoteAt,
  says,
  startOddServer,
  type OddServer,
} from './remote-odd-server.ts'
import { refusal } from './remote-scene.ts'

let server: OddServer
let remote: Remote

beforeAll(async () => {
  server = await startOddServer()
  remote = remoteAt(server)
})

afterAll(() => server.close())

async function deepPaths() {
  return (await remote.listDeep(''))?.map(({ path }) => path)
}

describe('a server that does not list deeply', () => {
  test.each([400, 403, 405, 412, 416, 418, 500, 501, 502, 504, 507])('says %i', async (status) => {
    server.answer(says(status))
    expect(await remote.listDeep('')).toBeUndefined()
  })

  const answers = [
    ['a page', says(200, { 'Content-Type': 'text/html' }, '<!DOCTYPE html><html></html>')],
    ['a redirect', says(302, { Location: '/login' })],
    ['a listing that is cut off', says(207, {}, '<D:multistatus xmlns:D="DAV:"><D:respon')],
    ['a listing of another folder', multistatus(folderElement().replace('our', 'their'))],
    [
      'a listing it could not finish',
      multistatus(folderElement(), folderElement('Media/').replace('200 OK', '500 Oops')),
    ],
  ] as const

  test.each(answers)('answers with %s', async (_what, answer) => {
    server.answer(answer)
    expect(await remote.listDeep('')).toBeUndefined()
  })
})

describe('trouble that a walk would meet as well', () => {
  test.each([
    [401, { kind: 'unauthorized' }],
    [404, { kind: 'not-found', path: 'Media' }],
    [423, { kind: 'locked', path: 'Media' }],
    [429, { kind: 'too-many-requests' }],
    [503, { kind: 'server', status: 503 }],
  ])('%i', async (status, failure) => {
    server.answer(says(status))
    expect(await refusal(remote.listDeep('Media'))).toEqual(failure)
  })

  test('a file is no folder to list', async () => {
    server.answer(multistatus(fileElement('Media')))
    expect(await refusal(remote.listDeep('Media'))).toEqual({ kind: 'not-found', path: 'Media' })
  })
})

describe('what a deep listing tells', () => {
  test('a server that lies tells less, and nobody can see that here', async () => {
    server.answer(multistatus(folderElement(), folderElement('Media/')))
    expect(await deepPaths()).toEqual(['Media'])
  })

  test('with a name that cannot be asked for, all that lies below it is left out', async () => {
    server.answer(
      multistatus(
        folderElement(),
        ...['%2e%2e/', 'a%2fb/', 'a%5cb/', 'a%0ab/', '%ff/'].flatMap((name) => [
          folderElement(name),
          fileElement(`${name}talk.mp4`),
        ]),
        folderElement('Media/'),
        fileElement('Media/talk.mp4'),
      ),
    )
    expect(await deepPaths()).toEqual(['Media', 'Media/talk.mp4'])
  })

  test('with a folder that was removed meanwhile, all that lay in it is left out', async () => {
    const gone =
      '<D:response><D:href>/dav/our%20folder/Media/old/</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>'
    server.answer(
      multistatus(
        folderElement(),
        fileElement('Media/old/talk.mp4'),
        gone,
        fileElement('Media/older.mp4'),
      ),
    )
    expect(await deepPaths()).toEqual(['Media/older.mp4'])
  })

  test('a folder listed twice stands there once', async () => {
    server.answer(multistatus(folderElement(), folderElement('Media/'), folderElement('Media')))
    expect(await deepPaths()).toEqual(['Media'])
  })
})
