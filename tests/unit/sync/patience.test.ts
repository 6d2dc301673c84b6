import { describe, expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import { patient } from '../../../src/sync/patience.ts'
import type { Clock } from '../../../src/sync/ports.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const photo = 'Media/2026-11-25/photo.jpg'
const unreachable: Failure = { kind: 'unreachable' }

/** A run's port to a sync folder, and how long it waited each time, in milliseconds. */
function lineTo(remote: MemoryRemote) {
  const waitsMs: number[] = []
  const clock = {
    wait: async (ms: number) => {
      waitsMs.push(ms)
    },
  }
  return { remote: patient(remote, { clock }), waitsMs }
}

/** The same, after the server has answered once. */
async function provenLineTo(remote: MemoryRemote) {
  const line = lineTo(remote)
  await line.remote.list('')
  remote.calls.length = 0
  return line
}

function failTimes(remote: MemoryRemote, times: number, failure: Failure): void {
  for (let count = 1; count <= times; count += 1) remote.failNext('stat', failure)
}

describe('a server in trouble', () => {
  test.each<Failure>([
    unreachable,
    { kind: 'locked', path: photo },
    { kind: 'too-many-requests' },
    { kind: 'server', status: 425 },
    { kind: 'server', status: 503 },
  ])('is asked again until it is over: $kind', async (failure) => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const { remote: line } = await provenLineTo(remote)
    failTimes(remote, 4, failure)
    expect(await line.stat(photo)).toMatchObject({ size: 9 })
    expect(remote.calls).toHaveLength(5)
  })

  test('is left alone after five tries', async () => {
    const remote = memoryRemote()
    const { remote: line } = await provenLineTo(remote)
    failTimes(remote, 9, { kind: 'server', status: 500 })
    const error: unknown = await line.stat(photo).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure: { kind: 'server', status: 500 } })
    expect(line.hasGivenUpOn(error)).toBe(true)
    expect(remote.calls).toHaveLength(5)
  })

  test('has ever more time, but never more than 30 s', async () => {
    const remote = memoryRemote()
    const { remote: line, waitsMs } = await provenLineTo(remote)
    failTimes(remote, 4, unreachable)
    await line.stat(photo)
    const mostMs = [500, 1_000, 2_000, 4_000]
    expect(waitsMs).toHaveLength(4)
    for (const [index, ms] of waitsMs.entries()) expect(ms).toBeLessThanOrEqual(mostMs[index] ?? 0)
  })

  test('says how long it wants to rest, and gets it', async () => {
    const remote = memoryRemote()
    const { remote: line, waitsMs } = await provenLineTo(remote)
    remote.failNext('stat', { kind: 'too-many-requests', retryAfterMs: 20_000 })
    await line.stat(photo)
    expect(waitsMs).toEqual([20_000])
  })

  test('that wants to rest for an hour is asked nothing more in this run', async () => {
    const remote = memoryRemote()
    const { remote: line, waitsMs } = await provenLineTo(remote)
    const failure: Failure = { kind: 'too-many-requests', retryAfterMs: 3_600_000 }
    remote.failNext('stat', failure)
    await expect(line.stat(photo)).rejects.toMatchObject({ failure })
    await expect(line.list('')).rejects.toMatchObject({ failure })
    expect(waitsMs).toEqual([])
    expect(remote.calls).toHaveLength(1)
  })

  test.each<Failure>([
    { kind: 'forbidden' },
    { kind: 'not-found', path: photo },
    { kind: 'remote-full' },
    { kind: 'server', status: 418 },
  ])('that says no is not asked again: $kind', async (failure) => {
    const remote = memoryRemote()
    const { remote: line } = await provenLineTo(remote)
    failTimes(remote, 1, failure)
    const error: unknown = await line.stat(photo).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ failure })
    expect(line.hasGivenUpOn(error)).toBe(false)
    expect(remote.calls).toHaveLength(1)
  })
})

describe('what may have taken effect though the answer was lost', () => {
  test('a move is not repeated: only who knows what it meant can tell', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const { remote: line } = await provenLineTo(remote)
    remote.loseAnswerNext('move')
    await expect(line.move(photo, 'Media/b.jpg')).rejects.toMatchObject({ failure: unreachable })
    expect(remote.calls).toHaveLength(1)
  })

  test('a move that the server refused to begin is repeated', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const { remote: line } = await provenLineTo(remote)
    remote.failNext('move', { kind: 'server', status: 503 })
    await line.move(photo, 'Media/b.jpg')
    expect(remote.paths()).toContain('Media/b.jpg')
  })

  test('a small file is simply written again, a film is not', async () => {
    const remote = memoryRemote()
    const { remote: line } = await provenLineTo(remote)
    remote.loseAnswerNext('write')
    await line.write('small', new Blob(['hide']))
    remote.loseAnswerNext('write')
    const film = new Blob([new Uint8Array(1_048_577)])
    await expect(line.write('film', film)).rejects.toMatchObject({ failure: unreachable })
  })
})

describe('before the server answered once', () => {
  test.each<Failure>([unreachable, { kind: 'offline' }, { kind: 'unauthorized' }])(
    'one $kind is enough: nobody is locked out of an account by trying',
    async (failure) => {
      const remote = memoryRemote()
      const { remote: line } = lineTo(remote)
      remote.failNext('list', failure)
      const asked = ['', 'Media', 'Hidden', '_sync'].map((folder) => line.list(folder))
      for (const answer of asked) await expect(answer).rejects.toMatchObject({ failure })
      await expect(line.stat(photo)).rejects.toMatchObject({ failure })
      expect(remote.calls).toHaveLength(1)
    },
  )

  test('requests go one at a time, and then together', async () => {
    const remote = memoryRemote()
    let underWay = 0
    const most = { before: 0, after: 0 }
    let isAnswered = false
    const list = remote.list.bind(remote)
    remote.list = async (...args) => {
      underWay += 1
      const phase = isAnswered ? 'after' : 'before'
      most[phase] = Math.max(most[phase], underWay)
      const answer = await list(...args)
      underWay -= 1
      isAnswered = true
      return answer
    }
    const { remote: line } = lineTo(remote)
    await Promise.all(['', '', '', ''].map((folder) => line.list(folder)))
    expect(most).toEqual({ before: 1, after: 3 })
  })
})

test('after a wrong password in the middle nothing more is asked', async () => {
  const remote = memoryRemote()
  const { remote: line } = await provenLineTo(remote)
  remote.failNext('stat', { kind: 'unauthorized' })
  await expect(line.stat(photo)).rejects.toMatchObject({ failure: { kind: 'unauthorized' } })
  await expect(line.list('')).rejects.toMatchObject({ failure: { kind: 'unauthorized' } })
  expect(remote.calls).toHaveLength(1)
})

test('who cancels need not wait for the next try', async () => {
  const remote = memoryRemote()
  const cancelling = new AbortController()
  const wait = async (_ms: number, { signal }: { signal?: AbortSignal | undefined } = {}) => {
    cancelling.abort(new DOMException('enough', 'AbortError'))
    signal?.throwIfAborted()
  }
  const line = patient(remote, { clock: { wait }, signal: cancelling.signal })
  await line.list('')
  remote.failNext('stat', unreachable)
  await expect(line.stat(photo)).rejects.toMatchObject({ name: 'AbortError' })
})

test('who asks for all there is may give up sooner than the run: also while the server wants rest', async () => {
  const remote = memoryRemote({ deep: 'true' })
  const giveUp = new AbortController()
  let tries = 0
  remote.listDeep = () => {
    tries += 1
    giveUp.abort()
    return Promise.reject(new Failed({ kind: 'too-many-requests', retryAfterMs: 30_000 }))
  }
  const wait: Clock['wait'] = async (_, { signal } = {}) => {
    signal?.throwIfAborted()
  }
  const run = patient(remote, { clock: { wait } })
  await run.list('')
  const asked = run.listDeep('', { signal: giveUp.signal })
  await expect(asked).rejects.toBe(giveUp.signal.reason)
  expect(tries).toBe(1)
})
