import { expect, test } from 'vitest'
import { takeIn } from '../../../src/app/composables/intake.ts'
import {
  handOver,
  handOverFiles,
  takeOver,
  takeOverFiles,
} from '../../../src/app/running/handover.ts'
import { record } from '../../../src/sync/acts.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { openDevice } from '../../doubles/congregation.ts'

const day = '2026-11-25'
const offer = (name: string) => ({ name, bytes: async () => new Blob([name]) })
const file = (name: string, text: string) => ({ file: new File([text], name) })

test('what was chosen for a day is taken over once, and only there', () => {
  handOver(day, [offer('a.jpg')])
  handOver(day, [offer('b.jpg')])
  expect(takeOver('recurring')).toEqual([])
  expect(takeOver(day).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg'])
  expect(takeOver(day)).toEqual([])
})

test('files that were dropped on a day are looked at there', async () => {
  handOverFiles(day, [file('Notes.txt', 'words'), file('Page.jpg', '<html>'), file('a.jpg', 'ID3')])
  const { offers, refused, collections } = await takeIn(takeOverFiles(day))
  expect(offers.map(({ offer: { name }, doubt }) => [name, doubt?.of])).toEqual([
    ['Notes.txt', 'document'],
    ['a.mp3', undefined],
  ])
  expect(refused).toEqual([{ is: 'refused', name: 'Page.jpg', reason: 'web-page' }])
  expect(collections).toEqual([])
  expect(takeOverFiles(day)).toEqual([])
})

test('a shared picture leaves the inbox once the act that adds it is recorded, and not before', async () => {
  const { store, clock } = await openDevice({ id: 'tablet', today: '2026-11-21' })
  await store.putInbox([{ name: 'Visit.png', at: 1, body: new Blob(['\u0089PNG']) }])
  const [shared] = await store.inbox()
  const id = shared?.id ?? 0
  const body = await store.inboxBody(id)
  const onAdded = () => store.dropInbox([id])
  const taken = await takeIn([{ file: new File([body ?? ''], 'Visit.mp3'), onAdded }])
  handOver(
    day,
    taken.offers.map((one) => one.offer),
  )

  const [first] = takeOver(day)
  const bytes = (await first?.bytes()) ?? new Blob()
  const key = await contentKey(bytes)
  expect(await store.inbox()).toHaveLength(1)
  const act = { do: 'add', place: day, name: 'Visit.mp3', size: bytes.size, key } as const
  const [profile] = await store.profiles()
  await record({ store, clock }, profile?.id ?? '', { act, blobs: [{ key, body: bytes }] })
  await first?.onAdded?.()
  expect(await store.inbox()).toEqual([])
  expect(await (await store.blob(key))?.text()).toBe(await bytes.text())
})
