import { describe, expect, test } from 'vitest'
import { waitingActs } from '../../../src/app/composables/useWaitingActs.ts'
import { countWaiting, hasSendable } from '../../../src/app/running/waiting.ts'
import type { Act } from '../../../src/domain/act.ts'
import type { OutboxItem, Waits } from '../../../src/sync/ports.ts'

const day = '2026-11-20'
const doneAt = '2026-11-18T18:42:00.000Z'

function waiting(id: string, act: Act, isSent = false): OutboxItem {
  return { stamped: { id, device: 'tablet', lamport: 1, at: doneAt, act }, isSent }
}

const add = waiting('1', { do: 'add', place: day, name: 'visit.jpg', size: 3, key: 'sha256-a' })
const hide = waiting('2', { do: 'hide', day, item: 'song', name: 'Song 44.mp4' })
const rename = waiting('3', {
  do: 'rename',
  place: 'recurring',
  name: 'text.jpg',
  to: 'year text.jpg',
})

const connection = { origin: 'https://example.org', user: 'vo', folder: '/dav/' }
const congregation = { profile: { connection }, outbox: [add, hide], access: undefined, waits: {} }
const full: Waits = { 1: { failure: { kind: 'remote-full' }, at: 5 } }

describe('the rows of what waits', () => {
  test('keep the order in which the VO did it, and say where and since when', () => {
    expect(waitingActs([rename, add, hide], {})).toEqual([
      {
        id: '3',
        kind: 'rename',
        name: 'text.jpg',
        to: 'year text.jpg',
        place: 'recurring',
        since: Date.parse(doneAt),
        isSent: false,
      },
      expect.objectContaining({ id: '1', kind: 'add', name: 'visit.jpg', place: day }),
      expect.objectContaining({ id: '2', kind: 'hide', name: 'Song 44.mp4', place: day }),
    ])
  })

  test('say why an act waits that was tried, and nothing of one that was not', () => {
    const [tried, untried] = waitingActs([add, hide], full)
    expect(tried?.wait).toEqual({ failure: { kind: 'remote-full' }, at: 5 })
    expect(untried).not.toHaveProperty('wait')
  })

  test('an act that took effect already does not complain of an earlier try', () => {
    const [row] = waitingActs([{ ...add, isSent: true }], full)
    expect(row).toMatchObject({ isSent: true })
    expect(row).not.toHaveProperty('wait')
  })
})

describe('what waits', () => {
  test('is nothing where a brother prepares media on his device alone', () => {
    expect(countWaiting(congregation)).toBe(2)
    expect(countWaiting({ ...congregation, profile: {} })).toBe(0)
    expect(hasSendable({ ...congregation, profile: {} })).toBe(false)
    expect(hasSendable(undefined)).toBe(false)
  })

  test('goes out by itself while at least one act needs nobody', () => {
    expect(hasSendable(congregation)).toBe(true)
    expect(hasSendable({ ...congregation, waits: full })).toBe(true)
    expect(hasSendable({ ...congregation, outbox: [add], waits: full })).toBe(false)
    const locked: Waits = { 1: { failure: { kind: 'locked', path: 'Media' }, at: 5 } }
    expect(hasSendable({ ...congregation, outbox: [add], waits: locked })).toBe(true)
  })

  test('stays with a reader, who cannot send it', () => {
    expect(hasSendable({ ...congregation, access: { canWrite: false, at: 1 } })).toBe(false)
    expect(hasSendable({ ...congregation, access: { canWrite: true, at: 1 } })).toBe(true)
  })
})
