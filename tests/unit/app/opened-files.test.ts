import { expect, test } from 'vitest'
import { receiveOpened } from '../../../src/app/opened-files.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

const clock = { now: () => 7 }

function scene() {
  const store = memoryStore()
  const seen: unknown[] = []
  const push = async (where: unknown) => {
    seen.push(where)
  }
  return { store, seen, ports: { store, clock }, router: { push } }
}

const opened = (name: string) => ({ getFile: async () => new File(['bytes'], name) })

test('files that the system opens with Lectern lie in the inbox, which is shown', async () => {
  const { store, seen, ports, router } = scene()
  await receiveOpened([opened('Talk.jwlplaylist'), opened('Visit.jpg')], { ports, router })
  expect((await store.inbox()).map(({ name, at }) => [name, at])).toEqual([
    ['Talk.jwlplaylist', 7],
    ['Visit.jpg', 7],
  ])
  expect(seen).toEqual(['/inbox'])
})

test('what there is no room for, or what is gone, is said', async () => {
  const { store, seen, ports, router } = scene()
  store.failNextWithQuota()
  await receiveOpened([opened('Visit.jpg')], { ports, router })
  const gone = { getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }
  await receiveOpened([opened('Visit.jpg'), gone], { ports, router })
  expect(await store.inbox()).toEqual([])
  expect(seen).toEqual(['/inbox?full', '/inbox?broken'])
})
