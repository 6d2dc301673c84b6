import type { ServerResponse } from 'node:http'
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

const page = '<!DOCTYPE html><html><body>Please log in to the hotel</body></html>'
const whole = `<D:multistatus xmlns:D="DAV:">${folderElement()}${fileElement('talk.mp4')}</D:multistatus>`

const badAnswer = { kind: 'bad-answer', path: '' }
const notWebdav = { kind: 'not-webdav' }

describe('a listing that cannot be true', () => {
  const liars = [
    ['a login page', says(200, { 'Content-Type': 'text/html' }, page), notWebdav],
    ['a login page that calls itself a listing', says(207, {}, page), notWebdav],
    ['nothing', says(207), badAnswer],
    ['a listing that a proxy cut', says(207, {}, whole.slice(0, 300)), badAnswer],
    ['a listing without its last word', says(207, {}, whole.slice(0, -5)), badAnswer],
    [
      'words of another language',
      says(207, {}, whole.replaceAll('DAV:', 'urn:example')),
      notWebdav,
    ],
    [
      'entities of its own',
      says(207, {}, `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]>${whole}`),
      badAnswer,
    ],
    ['nothing but its files', multistatus(fileElement('talk.mp4')), badAnswer],
    [
      'a file of another folder',
      multistatus(folderElement(), fileElement('talk.mp4').replace('our', 'their')),
      badAnswer,
    ],
    [
      'a file above it',
      multistatus(folderElement(), fileElement('talk.mp4').replace('our%20folder/', '')),
      badAnswer,
    ],
    [
      'an address that is none',
      multistatus(folderElement(), fileElement('talk.mp4').replace('/dav/', '::')),
      badAnswer,
    ],
    [
      'a file without an address',
      multistatus(folderElement(), '<D:response><D:propstat/></D:response>'),
      badAnswer,
    ],
    ['numbers', says(207, {}, '{"files": 3}'), notWebdav],
    ['bytes', says(207, {}, '\u0000\u0001\u0002'), notWebdav],
  ] as const

  test.each(liars)('%s', async (_what, answer, failure) => {
    server.answer(answer)
    expect(await refusal(remote.list(''))).toEqual(failure)
    expect(await refusal(remote.stat(''))).toEqual(failure)
    expect(await remote.listDeep('')).toBeUndefined()
  })
})

describe('a listing without an end', () => {
  const hearers = new Set<ServerResponse>()

  async function sendForEver(response: ServerResponse): Promise<void> {
    hearers.add(response)
    response.once('close', () => hearers.delete(response))
    response.writeHead(207).write(`<D:multistatus xmlns:D="DAV:">${folderElement()}`)
    const many = fileElement('talk.mp4').repeat(1000)
    while (hearers.has(response)) await new Promise((sent) => response.write(many, sent))
  }

  test('is not heard out', async () => {
    server.answer((response) => void sendForEver(response))
    expect(await refusal(remote.list(''))).toEqual(badAnswer)
    expect(await refusal(remote.stat(''))).toEqual(badAnswer)
    expect(await refusal(remote.move('a', 'b'))).toEqual({ kind: 'bad-answer', path: 'a' })
    expect(await remote.listDeep('')).toBeUndefined()
    await expect.poll(() => hearers.size).toBe(0)
  })
})

test('a folder of ten thousand files is none too big', async () => {
  const files = Array.from({ length: 10_000 }, (_, index) => fileElement(`picture%20${index}.jpg`))
  server.answer(multistatus(folderElement(), ...files))
  expect(await remote.list('')).toHaveLength(10_000)
})
