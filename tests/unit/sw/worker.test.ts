import { describe, expect, test, vi } from 'vitest'
import { Failed } from '../../../src/domain/failure.ts'
import { failure, fetchTask, openChannel, picture, standstill } from './channel.ts'

const body = new Blob(['a picture'])
const map = picture('map.jpg', body.size)
const arrives = async () => ({ blob: body, isPartial: false })

async function stored({ store }: ReturnType<typeof openChannel>): Promise<string[]> {
  return (await store.heldFiles('hall')).map(({ ref }) => ref)
}

describe('a task that the service worker carries out', () => {
  test('is kept, and the page hears how far it is', async () => {
    const channel = openChannel(arrives)
    const heard: [string, number][] = []
    const result = await channel.run(fetchTask(map), {
      onReceived: (ref, bytes) => heard.push([ref, bytes]),
    })
    expect(result).toEqual({ did: 'fetch', failed: [] })
    expect(await stored(channel)).toEqual([map.ref])
    expect(heard).toEqual([[map.ref, body.size]])
  })

  test('is not disturbed by what others say', async () => {
    const { read, release } = standstill(body)
    const channel = openChannel(read)
    const running = channel.run(fetchTask(map))
    for (const data of [
      undefined,
      'hello',
      { type: 'CACHE_UPDATED', meta: 'workbox' },
      { lectern: 'done' },
      { lectern: 'done', id: 'of another tab', result: { did: 'look' } },
      { lectern: 'sing', id: 'nonsense' },
    ]) {
      channel.say(data)
    }
    release()
    expect(await running).toEqual({ did: 'fetch', failed: [] })
  })

  test('fails with the very failure that the service worker met', async () => {
    const channel = openChannel(async () => Promise.reject(new Failed({ kind: 'offline' })))
    await expect(channel.run(fetchTask(map))).rejects.toMatchObject({
      failure: { kind: 'offline' },
    })
  })

  test('does not hide a bug', async () => {
    const channel = openChannel(async () => Promise.reject(new Error('a bug in the worker')))
    await expect(channel.run(fetchTask(map))).rejects.toThrow('a bug in the worker')
  })
})

describe('a service worker that the browser ends in the middle', () => {
  test('is asked again', async () => {
    const { read, signals } = standstill(body)
    const reads = vi.fn(read)
    const channel = openChannel(reads)
    const running = channel.run(fetchTask(map))
    await vi.waitUntil(() => signals.length === 1)
    channel.restart()
    reads.mockImplementation(arrives)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await running).toEqual({ did: 'fetch', failed: [] })
    expect(reads).toHaveBeenCalledTimes(2)
    expect(await stored(channel)).toEqual([map.ref])
  })

  test('is not asked again for what it is still doing', async () => {
    const { read, release, signals } = standstill(body)
    const channel = openChannel(read)
    const running = channel.run(fetchTask(map))
    await vi.advanceTimersByTimeAsync(45_000)
    expect(signals).toHaveLength(1)
    release()
    expect(await running).toMatchObject({ did: 'fetch' })
  })

  test('is told of a cancellation in vain, and the page is free at once', async () => {
    const { read, signals } = standstill(body)
    const channel = openChannel(read)
    const cancelling = new AbortController()
    const running = channel.run(fetchTask(map), { signal: cancelling.signal })
    await vi.waitUntil(() => signals.length === 1)
    channel.restart()
    cancelling.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(signals).toHaveLength(1)
  })
})

test('a service worker that a newer version has replaced is left, and the newer one asked', async () => {
  const { read, signals } = standstill(body)
  const reads = vi.fn(read)
  const channel = openChannel(reads)
  const old = channel.workerFor('tab')
  let active = old
  const page = channel.pageWith(() => active as unknown as ServiceWorker)
  const running = page.run(fetchTask(map))
  await vi.waitUntil(() => signals.length === 1)
  channel.restart()
  reads.mockImplementation(arrives)
  old.state = 'redundant'
  old.postMessage = () => undefined
  active = channel.workerFor('tab')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await running).toEqual({ did: 'fetch', failed: [] })
})

describe('"Cancel"', () => {
  test('ends the task, and nothing half done is kept', async () => {
    const { read, signals } = standstill(body)
    const channel = openChannel(read)
    const cancelling = new AbortController()
    const running = channel.run(fetchTask(map), { signal: cancelling.signal })
    await vi.waitUntil(() => signals.length === 1)
    cancelling.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    expect(signals[0]?.aborted).toBe(true)
    expect(await stored(channel)).toEqual([])
  })

  test('before a task began keeps it from being sent at all', async () => {
    const { read, signals } = standstill(body)
    const channel = openChannel(read)
    const running = channel.run(fetchTask(map), { signal: AbortSignal.abort() })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(signals).toEqual([])
    expect(channel.said).toEqual([])
  })
})

test('without a service worker the page does the task itself', async () => {
  const channel = openChannel(arrives)
  const page = channel.pageWith(() => undefined)
  expect(await page.run(fetchTask(map))).toEqual({
    did: 'fetch',
    failed: [{ ref: 'hall', failure }],
  })
  expect(channel.said).toEqual([])
})
