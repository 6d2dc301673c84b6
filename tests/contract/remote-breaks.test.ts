import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Remote } from '../../src/sync/ports.ts'
import { everyDeed, remoteAt, says, startOddServer, type OddServer } from './remote-odd-server.ts'
import { refusal } from './remote-scene.ts'

let server: OddServer
let remote: Remote

beforeAll(async () => {
  server = await startOddServer()
  remote = remoteAt(server)
})

afterAll(() => server.close())

describe('answers that cannot be true', () => {
  const page = '<!DOCTYPE html><html><body>Please log in to the hotel</body></html>'

  test('a page instead of a listing is no WebDAV', async () => {
    server.answer(says(200, { 'Content-Type': 'text/html' }, page))
    expect(await refusal(remote.list(''))).toEqual({ kind: 'not-webdav' })
    server.answer(says(207, { 'Content-Type': 'text/html' }, page))
    expect(await refusal(remote.stat('Media'))).toEqual({ kind: 'not-webdav' })
  })

  const liars = [
    ['starts elsewhere', 206, { 'Content-Range': 'bytes 0-3/10' }, '0123'],
    ['is longer than the part', 206, {}, '456789'],
    ['is an empty part', 206, {}, ''],
    ['ends before its own range', 206, { 'Content-Range': 'bytes 4-7/10' }, '456'],
    ['has no content', 204, {}, ''],
  ] as const

  test.each(liars)('a part that %s', async (_what, status, headers, body) => {
    server.answer(says(status, headers, body))
    const range = { from: 4, to: 8 }
    expect(await refusal(remote.read('talk.mp4', { range }))).toEqual({
      kind: 'bad-answer',
      path: 'talk.mp4',
    })
  })

  test('a part that nobody asked for', async () => {
    server.answer(says(206, {}, '4567'))
    expect(await refusal(remote.read('talk.mp4'))).toEqual({ kind: 'bad-answer', path: 'talk.mp4' })
  })

  test('a server without ranges sends the whole, and says so', async () => {
    server.answer(says(200, {}, '0123456789'))
    const { blob, isPartial } = await remote.read('talk.mp4', { range: { from: 4, to: 8 } })
    expect(isPartial).toBe(false)
    expect(await blob.text()).toBe('0123456789')
  })

  test('a page instead of a file comes through: only the listing knows the size', async () => {
    server.answer(says(200, { 'Content-Type': 'text/html' }, page))
    expect((await remote.read('talk.mp4')).blob.size).toBe(page.length)
  })
})

describe('a network that breaks', () => {
  test('nobody there', async () => {
    const closed = await startOddServer()
    await closed.close()
    for (const deed of everyDeed(remoteAt(closed))) {
      expect(await refusal(deed())).toEqual({ kind: 'unreachable' })
    }
  })

  test('a download, a listing and an answer that stop in the middle', async () => {
    server.answer((response) => {
      response.writeHead(207, { 'Content-Length': '1000' })
      response.write('<D:multistatus xmlns:D="DAV:">', () => response.destroy())
    })
    expect(await refusal(remote.read('talk.mp4'))).toEqual({ kind: 'unreachable' })
    expect(await refusal(remote.list(''))).toEqual({ kind: 'unreachable' })
    expect(await refusal(remote.move('a', 'b'))).toEqual({ kind: 'unreachable' })
  })

  test('the operator stops a download that is under way', async () => {
    const controller = new AbortController()
    server.answer((response) => {
      response.writeHead(200, { 'Content-Length': '1000' })
      response.write('the first bytes', () => {
        controller.abort()
      })
    })
    await expect(remote.read('talk.mp4', controller)).rejects.toSatisfy(
      (error) => error === controller.signal.reason,
    )
  })
})
