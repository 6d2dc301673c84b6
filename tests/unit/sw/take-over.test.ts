import { expect, test, vi } from 'vitest'
import { takeOverWhenAsked } from '../../../src/sw/take-over.ts'

function tell(data: unknown) {
  const worker = { skipWaiting: vi.fn(() => Promise.resolve()) }
  const event = { data, source: null, waitUntil: vi.fn() }
  takeOverWhenAsked(worker)(event)
  return { worker, event }
}

test('a newer version takes over once the user says so', () => {
  const { worker, event } = tell({ type: 'SKIP_WAITING' })
  expect(worker.skipWaiting).toHaveBeenCalledOnce()
  expect(event.waitUntil).toHaveBeenCalledOnce()
})

test.each([undefined, 'SKIP_WAITING', { type: 'CACHE_URLS' }, { lectern: 'ping', id: 'x' }])(
  'and waits whatever else is said: %j',
  (data) => {
    expect(tell(data).worker.skipWaiting).not.toHaveBeenCalled()
  },
)
