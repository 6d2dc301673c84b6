import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Remote } from '../../src/sync/ports.ts'
import {
  account,
  everyDeed,
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

describe('how refusals are told', () => {
  const refusals = [
    [401, 'list', { kind: 'unauthorized' }],
    [401, 'write', { kind: 'unauthorized' }],
    [403, 'write', { kind: 'forbidden' }],
    [404, 'list', { kind: 'not-found', path: 'Media' }],
    [410, 'read', { kind: 'not-found', path: 'talk.mp4' }],
    [404, 'write', { kind: 'not-found', path: 'Media' }],
    [409, 'write', { kind: 'not-found', path: 'Media' }],
    [409, 'move', { kind: 'not-found', path: 'Media' }],
    [409, 'makeFolder', { kind: 'not-found', path: 'Media' }],
    [404, 'move', { kind: 'not-found', path: 'upload' }],
    [405, 'list', { kind: 'not-webdav' }],
    [501, 'stat', { kind: 'not-webdav' }],
    [405, 'write', { kind: 'forbidden' }],
    [412, 'move', { kind: 'conflict', path: 'Media/talk.mp4' }],
    [413, 'write', { kind: 'too-large', path: 'Media/talk.mp4' }],
    [416, 'read', { kind: 'changed', path: 'talk.mp4' }],
    [423, 'write', { kind: 'locked', path: 'Media/talk.mp4' }],
    [429, 'list', { kind: 'too-many-requests' }],
    [507, 'write', { kind: 'remote-full' }],
    [500, 'list', { kind: 'server', status: 500 }],
    [502, 'move', { kind: 'server', status: 502 }],
    [418, 'remove', { kind: 'server', status: 418 }],
    [301, 'list', { kind: 'bad-answer', path: 'Media' }],
    [307, 'write', { kind: 'bad-answer', path: 'Media/talk.mp4' }],
  ] as const

  const deeds = {
    list: () => remote.list('Media'),
    stat: () => remote.stat('Media'),
    read: () => remote.read('talk.mp4'),
    write: () => remote.write('Media/talk.mp4', new Blob(['x'])),
    makeFolder: () => remote.makeFolder('Media/2026-11-20'),
    move: () => remote.move('upload', 'Media/talk.mp4'),
    remove: () => remote.remove('talk.mp4'),
  }

  test.each(refusals)('%i to %s', async (status, method, failure) => {
    server.answer(says(status, { Location: '/elsewhere/' }, '<html>No</html>'))
    expect(await refusal(deeds[method]())).toEqual(failure)
    expect(server.heard.filter(({ path }) => path === '/elsewhere/')).toEqual([])
  })

  test('a server that is tired says for how long', async () => {
    server.answer(says(429, { 'Retry-After': '120' }))
    expect(await refusal(remote.list(''))).toEqual({
      kind: 'too-many-requests',
      retryAfterMs: 120_000,
    })
    server.answer(says(429, { 'Retry-After': new Date(0).toUTCString() }))
    expect(await refusal(remote.list(''))).toEqual({ kind: 'too-many-requests', retryAfterMs: 0 })
    server.answer(says(429, { 'Retry-After': 'later' }))
    expect(await refusal(remote.list(''))).toEqual({ kind: 'too-many-requests' })
  })

  test('a success that holds a refusal is a refusal', async () => {
    const refused = (status: string) =>
      multistatus(
        `<D:response><D:href>/dav/our%20folder/b</D:href><D:status>HTTP/1.1 ${status}</D:status></D:response>`,
      )
    server.answer(refused('412 Precondition Failed'))
    expect(await refusal(remote.move('a', 'b'))).toEqual({ kind: 'conflict', path: 'b' })
    server.answer(refused('423 Locked'))
    expect(await refusal(remote.remove('b'))).toEqual({ kind: 'locked', path: 'b' })
    server.answer(refused('204 No Content'))
    await remote.move('a', 'b')
  })

  test('what is missing is told as missing, however vague the server is', async () => {
    const top = multistatus(folderElement())
    for (const status of [403, 500]) {
      server.answer(says(status), says(404))
      expect(await refusal(remote.write('Media/talk.mp4', new Blob(['x'])))).toEqual({
        kind: 'not-found',
        path: 'Media',
      })
      server.answer(says(status), says(404))
      expect(await refusal(remote.move('gone', 'talk.mp4'))).toEqual({
        kind: 'not-found',
        path: 'gone',
      })
      server.answer(says(status), multistatus(folderElement('trash/')), says(404))
      expect(await refusal(remote.move('trash', 'Media/talk.mp4'))).toEqual({
        kind: 'not-found',
        path: 'Media',
      })
      server.answer(says(status), top)
      const { kind } = await refusal(remote.write('talk.mp4', new Blob(['x'])))
      expect(kind).toBe(status === 403 ? 'forbidden' : 'server')
    }
  })

  test('a folder that exists is fine, in whatever words the server says so', async () => {
    for (const status of [200, 201]) {
      server.answer(says(status))
      await remote.makeFolder('Media')
      expect(server.heard).toHaveLength(1)
    }
    for (const status of [405, 406, 409, 423]) {
      server.answer(says(status), multistatus(folderElement('Media/')))
      await remote.makeFolder('Media')
    }
    server.answer(says(409), says(404))
    expect(await refusal(remote.makeFolder('Media'))).toEqual({ kind: 'not-found', path: '' })
  })

  test('a folder that is still not there was not made: who only reads may not make any', async () => {
    server.answer(says(405), says(404))
    expect(await refusal(remote.makeFolder('Media'))).toEqual({ kind: 'forbidden' })
  })

  test('a file where a folder should be is in the way', async () => {
    server.answer(says(405), multistatus(fileElement('Media')))
    expect(await refusal(remote.makeFolder('Media'))).toEqual({ kind: 'conflict', path: 'Media' })
  })

  test('a file that is not taken though its folder is there may not be written', async () => {
    server.answer(says(404), multistatus(folderElement('Media/')))
    expect(await refusal(remote.write('Media/talk.mp4', new Blob(['x'])))).toEqual({
      kind: 'forbidden',
    })
  })
})

describe('secrets', () => {
  test('no failure tells the password, not even to who looks inside', async () => {
    const answers = [
      says(401),
      says(500),
      says(302),
      says(200, {}, '<html>'),
      says(207, {}, '<D:multistatus>'),
    ]
    const told: unknown[] = []
    const login = Buffer.from(`${account.user}:${account.password}`).toString('base64')
    const secrets = [account.password, encodeURIComponent(account.password), login]
    for (const answer of answers) {
      server.answer(answer)
      for (const deed of everyDeed(remote)) told.push(await deed().catch((error: unknown) => error))
    }
    expect(told.filter((error) => error instanceof Error).length).toBeGreaterThan(20)
    const all = inspect(told, { depth: Infinity, showHidden: true })
    for (const secret of secrets) expect(all).not.toContain(secret)
  })
})
