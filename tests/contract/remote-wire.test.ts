import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Remote } from '../../src/sync/ports.ts'
import {
  account,
  everyDeed,
  folderElement,
  multistatus,
  remoteAt,
  says,
  startOddServer,
  type OddServer,
} from './remote-odd-server.ts'

let server: OddServer
let remote: Remote

beforeAll(async () => {
  server = await startOddServer()
  remote = remoteAt(server)
})

afterAll(() => server.close())

describe('what the server hears', () => {
  test('name and password in UTF-8, no cookie and no condition, whatever is asked', async () => {
    server.answer(says(418))
    for (const deed of everyDeed(remote)) await deed().catch(() => undefined)
    expect(server.heard.map(({ method }) => method)).toEqual([
      'PROPFIND',
      'PROPFIND',
      'PROPFIND',
      'GET',
      'PUT',
      'MKCOL',
      'MOVE',
      'DELETE',
    ])
    for (const { headers } of server.heard) {
      const [, login = ''] = headers.authorization?.split(' ') ?? []
      expect(Buffer.from(login, 'base64').toString()).toBe(`${account.user}:${account.password}`)
      expect(Object.keys(headers).filter((name) => /^if-|cookie|^x-/.test(name))).toEqual([])
    }
  })

  test('a listing asks one folder deep for the four things we use', async () => {
    server.answer(multistatus(folderElement()))
    await remote.list('')
    const [heard] = server.heard
    expect(heard).toMatchObject({ path: '/dav/our%20folder/', headers: { depth: '1' } })
    for (const property of ['resourcetype', 'getcontentlength', 'getetag', 'getlastmodified']) {
      expect(heard?.body).toContain(`<${property}/>`)
    }
    await remote.stat('')
    await remote.listDeep('')
    expect(server.heard.map(({ headers }) => headers.depth)).toEqual(['1', '0', 'infinity'])
    expect(new Set(server.heard.map(({ body }) => body))).toHaveProperty('size', 1)
  })

  test('a move names its whole target on our own server and always says whether it may replace', async () => {
    server.answer(says(201))
    await remote.move('a #1.mp4', 'Media/100%.mp4')
    await remote.move('a', 'b', { overwrite: true })
    expect(server.heard[0]).toMatchObject({
      path: '/dav/our%20folder/a%20%231.mp4',
      headers: {
        destination: `${server.origin}/dav/our%20folder/Media/100%25.mp4`,
        overwrite: 'F',
      },
    })
    expect(server.heard[1]?.headers.overwrite).toBe('T')
  })

  test('a part of a file is asked for by its first and last byte', async () => {
    server.answer(says(206, { 'Content-Range': 'bytes 4-7/10' }, '4567'))
    await remote.read('talk.mp4', { range: { from: 4, to: 8 } })
    expect(server.heard[0]?.headers.range).toBe('bytes=4-7')
  })

  test('a folder ends with a slash', async () => {
    server.answer(says(201))
    await remote.makeFolder('Media/2026-11-20')
    expect(server.heard[0]?.path).toBe('/dav/our%20folder/Media/2026-11-20/')
  })

  test.each([400, 409, 301])(
    'a server that answers %i for want of a slash gets it',
    async (status) => {
      const folder = '/dav/our%20folder/Media'
      server.answer(says(status, { Location: `${folder}/` }), says(204))
      await remote.remove('Media')
      expect(server.heard.map(({ path }) => path)).toEqual([folder, `${folder}/`])
      server.answer(says(status, { Location: `${folder}/` }), says(201))
      await remote.move('Media', 'Old')
      expect(server.heard[1]).toMatchObject({
        path: `${folder}/`,
        headers: { destination: `${server.origin}/dav/our%20folder/Old/` },
      })
    },
  )
})

test('no request takes cookies, caches, redirects or referrers along', async () => {
  const sent: RequestInit[] = []
  const watched = remoteAt(server, (input, init) => {
    sent.push(init ?? {})
    return fetch(input, init)
  })
  server.answer(says(418))
  for (const deed of everyDeed(watched)) await deed().catch(() => undefined)
  expect(sent).toHaveLength(8)
  for (const init of sent) {
    expect(init).toMatchObject({
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    })
  }
})
