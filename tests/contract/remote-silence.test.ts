import { setImmediate } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Remote } from '../../src/sync/ports.ts'
import { remoteAt, startOddServer, type OddServer } from './remote-odd-server.ts'
import { refusal } from './remote-scene.ts'

let server: OddServer
let remote: Remote
/** Resolves when the head of an answer has come to Lectern. */
let headIsHere: Promise<void>

beforeAll(async () => {
  server = await startOddServer()
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let come: () => void
  headIsHere = new Promise((resolve) => (come = resolve))
  remote = remoteAt(server, async (...asked) => {
    const response = await fetch(...asked)
    come()
    return response
  })
})

afterEach(() => {
  vi.useRealTimers()
})

afterAll(() => server.close())

const minuteMs = 60_000

/** Resolves when a request has come, which gets no answer. */
function silence(): Promise<void> {
  return new Promise((come) => {
    server.answer(() => {
      come()
    })
  })
}

/** 'waits' while a deed is neither done nor given up. */
async function stateOf(deed: Promise<unknown>): Promise<unknown> {
  await setImmediate()
  return Promise.race([
    deed.then(
      () => 'done',
      () => 'given up',
    ),
    setImmediate('waits'),
  ])
}

describe('a server that takes a request and never answers', () => {
  const deeds: readonly [string, number, () => Promise<unknown>][] = [
    ['a listing', 1, () => remote.list('')],
    ['a deep listing', 1, () => remote.listDeep('')],
    ['a look at one file', 1, () => remote.stat('talk.mp4')],
    ['a download', 1, () => remote.read('talk.mp4')],
    ['a new folder', 1, () => remote.makeFolder('Media')],
    ['a removal', 1, () => remote.remove('talk.mp4')],
    ['a move, for which some copy the whole film', 10, () => remote.move('a', 'b')],
    [
      'an upload, of which some read all again',
      10,
      () => remote.write('talk.mp4', new Blob(['x'])),
    ],
  ]

  test.each(deeds)('%s waits %i min', async (_what, minutes, deed) => {
    const asked = silence()
    const doing = deed()
    await asked
    vi.advanceTimersByTime(minutes * minuteMs - 1)
    expect(await stateOf(doing)).toBe('waits')
    vi.advanceTimersByTime(minuteMs)
    expect(await refusal(doing)).toEqual({ kind: 'unreachable' })
  })

  test('a film by a slow line has its time', async () => {
    const asked = silence()
    const film = new Blob([new Uint8Array(36_000_000)])
    const writing = remote.write('talk.mp4', film)
    await asked
    vi.advanceTimersByTime(60 * minuteMs)
    expect(await stateOf(writing)).toBe('waits')
    vi.advanceTimersByTime(11 * minuteMs)
    expect(await refusal(writing)).toEqual({ kind: 'unreachable' })
  })

  test('whoever cancels is heard before', async () => {
    const controller = new AbortController()
    const reason = new DOMException('The operator went on', 'AbortError')
    const asked = silence()
    const listing = remote.list('', controller)
    await asked
    controller.abort(reason)
    await expect(listing).rejects.toBe(reason)
  })
})

describe('a server that falls silent in the middle', () => {
  test('of a listing is given up', async () => {
    server.answer((response) => {
      response.writeHead(207).write('<D:multistatus xmlns:D="DAV:">')
    })
    const listing = remote.list('')
    await headIsHere
    expect(await stateOf(listing)).toBe('waits')
    vi.advanceTimersByTime(minuteMs)
    expect(await refusal(listing)).toEqual({ kind: 'unreachable' })
  })

  test('of a film may take its time', async () => {
    let goOn = () => {}
    server.answer((response) => {
      response.writeHead(200).write('half ')
      goOn = () => response.end('a film')
    })
    const reading = remote.read('talk.mp4')
    await headIsHere
    await setImmediate()
    vi.advanceTimersByTime(60 * minuteMs)
    expect(await stateOf(reading)).toBe('waits')
    goOn()
    expect(await (await reading).blob.text()).toBe('half a film')
  })

  test('of a film can be left by whoever waits for it', async () => {
    const controller = new AbortController()
    server.answer((response) => {
      response.writeHead(200).write('half ')
    })
    const reading = remote.read('talk.mp4', controller)
    await headIsHere
    controller.abort()
    await expect(reading).rejects.toBe(controller.signal.reason)
  })
})
