import { describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../src/sync/steps.ts'
import { fetchTask, openChannel, picture, standstill } from './channel.ts'

const sliceBytes = 8 * 1024 * 1024
const bytes = new Uint8Array(2 * sliceBytes)
bytes.fill(7, sliceBytes)
const film = new Blob([bytes])
const assembly = picture('assembly.mp4', film.size)
const nextPart: Task = { do: 'fetch-part', profile: 'hall', file: assembly, maxBytes: sliceBytes }

describe('a part of a film', () => {
  test('comes before the next one begins, so that none is kept twice', async () => {
    const { read, release, signals } = standstill(film)
    const channel = openChannel(read)
    const both = [channel.run(nextPart), channel.run(nextPart)]
    await vi.waitUntil(() => signals.length > 0)
    await vi.advanceTimersByTimeAsync(1000)
    expect(signals).toHaveLength(1)
    release()
    expect(await Promise.all(both)).toEqual([
      { did: 'fetch-part', received: sliceBytes, isDone: false },
      { did: 'fetch-part', received: film.size, isDone: true },
    ])
    const [held] = await channel.store.heldFiles('hall')
    const blob = held && (await channel.store.blob(held.key))
    const kept = Buffer.from((await blob?.arrayBuffer()) ?? new ArrayBuffer())
    expect(kept.equals(bytes)).toBe(true)
  })

  test('keeps no other file waiting', async () => {
    const { read, signals } = standstill(film)
    const channel = openChannel(read)
    void channel.run(nextPart)
    void channel.run({ ...nextPart, file: picture('other.mp4', film.size) })
    void channel.run(fetchTask(picture('map.jpg', 9)))
    await vi.waitUntil(() => signals.length === 3)
  })
})

describe('a tab that is closed in the middle', () => {
  test('gets nothing more, and the next one begins where it was', async () => {
    const { read, signals } = standstill(film)
    const reads = vi.fn(read)
    const channel = openChannel(reads)
    const lost = channel.run(nextPart, {}, 'closed tab').catch((error: unknown) => error)
    await vi.waitUntil(() => signals.length === 1)
    channel.closePage('closed tab')
    reads.mockImplementation(async () => ({ blob: film.slice(0, sliceBytes), isPartial: true }))
    expect(await channel.run(nextPart, {}, 'new tab')).toMatchObject({ received: sliceBytes })
    expect(signals[0]?.aborted).toBe(true)
    expect(await lost).toMatchObject({ name: 'AbortError' })
  })

  test('does not take another tab with it', async () => {
    const { read, release, signals } = standstill(film)
    const channel = openChannel(read)
    const other = channel.run(nextPart, {}, 'other tab')
    const lost = channel
      .run({ ...nextPart, file: picture('other.mp4', film.size) }, {}, 'closed tab')
      .catch((error: unknown) => error)
    await vi.waitUntil(() => signals.length === 2)
    channel.closePage('closed tab')
    const third = channel.run({ ...nextPart, file: picture('third.mp4', film.size) }, {}, 'tab')
    await vi.waitUntil(() => signals.length === 3)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, true, false])
    expect(await lost).toMatchObject({ name: 'AbortError' })
    release()
    expect(await other).toMatchObject({ received: sliceBytes })
    expect(await third).toMatchObject({ received: sliceBytes })
  })
})

test.each([
  undefined,
  'skip',
  { type: 'SKIP_WAITING' },
  { lectern: 'sing', id: 'x' },
  { lectern: 'task' },
])('what is no message of ours is not answered: %j', async (data) => {
  const channel = openChannel(async () => Promise.reject(new Error('nobody asked')))
  channel.hear(data, 'tab')
  await vi.advanceTimersByTimeAsync(1000)
  expect(channel.said).toEqual([])
})
