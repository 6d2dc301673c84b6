import { describe, expect, test } from 'vitest'
import { leaseOf } from '../../../src/sync/offers/lease.ts'

/** Books that are opened and closed, and a clock that a test lets run. */
function scene() {
  const told: string[] = []
  const waits: (() => void)[] = []
  let count = 0
  const book = () => {
    const name = `book ${(count += 1)}`
    told.push(`open ${name}`)
    const close = async () => void told.push(`close ${name}`)
    return { name, close }
  }
  const clock = { wait: () => new Promise<void>((resolve) => waits.push(resolve)) }
  return {
    ...{ told, book, clock, open: async () => book() },
    passTime: async () => {
      for (const wait of waits.splice(0)) wait()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

describe('something that is open for as long as it is used', () => {
  test('is opened once for all who use it soon, and closed when nobody does', async () => {
    const { open, clock, told, passTime } = scene()
    const lease = leaseOf({ open, clock })
    const names = await Promise.all([1, 2].map(() => lease.use(async ({ name }) => name)))
    expect(names).toEqual(['book 1', 'book 1'])
    expect(told).toEqual(['open book 1'])
    await passTime()
    expect(told).toEqual(['open book 1', 'close book 1'])
  })

  test('is opened again for whoever comes late', async () => {
    const { open, clock, told, passTime } = scene()
    const lease = leaseOf({ open, clock })
    await lease.use(async () => undefined)
    await passTime()
    expect(await lease.use(async ({ name }) => name)).toBe('book 2')
    await passTime()
    expect(told).toEqual(['open book 1', 'close book 1', 'open book 2', 'close book 2'])
  })

  test('is closed though nobody ever used it', async () => {
    const { open, book, clock, told, passTime } = scene()
    leaseOf({ open, clock }, book())
    await passTime()
    expect(told).toEqual(['open book 1', 'close book 1'])
  })

  test('stays open as long as somebody is at it, and for a while after each use', async () => {
    const { open, book, clock, told, passTime } = scene()
    const lease = leaseOf({ open, clock }, book())
    let finish: () => void = () => undefined
    const using = lease.use(() => new Promise<void>((resolve) => (finish = resolve)))
    await passTime()
    expect(told).toEqual(['open book 1'])
    finish()
    await using
    await passTime()
    expect(told).toEqual(['open book 1', 'close book 1'])
  })

  test('that failed is closed at once, and the next one gets another', async () => {
    const { open, clock, told } = scene()
    const lease = leaseOf({ open, clock })
    await expect(lease.use(() => Promise.reject(new Error('spoilt')))).rejects.toThrow('spoilt')
    expect(await lease.use(async ({ name }) => name)).toBe('book 2')
    expect(told).toEqual(['open book 1', 'close book 1', 'open book 2'])
  })

  test('that could not be opened is tried again', async () => {
    const { open, clock } = scene()
    let isThere = false
    const lease = leaseOf({
      open: () => (isThere ? open() : Promise.reject(new Error('gone'))),
      clock,
    })
    await expect(lease.use(async () => 1)).rejects.toThrow('gone')
    isThere = true
    expect(await lease.use(async ({ name }) => name)).toBe('book 1')
  })
})
