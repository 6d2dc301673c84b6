import { expect, test } from 'vitest'
import { isShare, receiveShare } from '../../../src/sw/share.ts'
import { memoryStore, type MemoryStore } from '../../doubles/memory-store.ts'

const url = 'https://lectern.example/share'
const clock = { now: () => 1_000 }

type Field = readonly [name: string, value: string | File]

async function share(store: MemoryStore, ...fields: Field[]): Promise<string> {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  return follow(store, new Request(url, { method: 'POST', body }))
}

async function follow(store: MemoryStore, request: Request): Promise<string> {
  const response = await receiveShare({ store, clock }, request)
  expect(response.status).toBe(303)
  return (response.headers.get('Location') ?? '').replace('https://lectern.example', '')
}

const namesIn = async (store: MemoryStore) => (await store.inbox()).map(({ name }) => name)
const file = (name: string, text = 'bytes') => new File([text], name)

test('pictures that another app shares lie in the inbox before it is shown', async () => {
  const store = memoryStore()
  const shared = [file('Visit.jpg', 'one'), file('Visit.jpg', 'two'), file('Film.mp4')]
  const where = await share(store, ...shared.map((one): Field => ['media', one]))
  expect(where).toBe('/inbox')
  const files = await store.inbox()
  expect(files.map(({ name, at }) => [name, at])).toEqual([
    ['Visit.jpg', 1_000],
    ['Visit.jpg', 1_000],
    ['Film.mp4', 1_000],
  ])
  expect(await (await store.inboxBody(files[1]?.id ?? 0))?.text()).toBe('two')
})

test('the words that come along with a picture are no reason to say anything', async () => {
  const store = memoryStore()
  const words: Field[] = [
    ['title', 'Our visit'],
    ['text', 'Look at this'],
    ['url', ''],
  ]
  expect(await share(store, ...words, ['media', file('Visit.jpg')])).toBe('/inbox')
  expect(await namesIn(store)).toEqual(['Visit.jpg'])
})

test('files are taken whatever the other app calls the field', async () => {
  const store = memoryStore()
  expect(await share(store, ['anything', file('Visit.jpg')])).toBe('/inbox')
  expect(await namesIn(store)).toEqual(['Visit.jpg'])
})

test('where only words or an address are shared, the inbox says that they are none', async () => {
  const store = memoryStore()
  expect(await share(store, ['url', 'https://example.org/a.jpg'])).toBe('/inbox?text')
  expect(await share(store, ['media', file('', '')])).toBe('/inbox?text')
  expect(await share(store)).toBe('/inbox?text')
  expect(await namesIn(store)).toEqual([])
})

test('on a full device nothing is kept, and that is said', async () => {
  const store = memoryStore()
  await share(store, ['media', file('Before.jpg')])
  store.failNextWithQuota()
  const fields: Field[] = [
    ['media', file('Visit.jpg')],
    ['media', file('Film.mp4')],
  ]
  expect(await share(store, ...fields)).toBe('/inbox?full')
  expect(await namesIn(store)).toEqual(['Before.jpg'])
})

test('an empty file is kept: the inbox says what is wrong with it', async () => {
  const store = memoryStore()
  expect(await share(store, ['media', file('Visit.jpg', '')])).toBe('/inbox')
  expect(await namesIn(store)).toEqual(['Visit.jpg'])
})

test('what broke off on its way is said to have done so', async () => {
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
  const request = new Request(url, { method: 'POST', headers, body: '--x\r\nContent-Dispo' })
  expect(await follow(memoryStore(), request)).toBe('/inbox?broken')
})

test.each([
  ['https://lectern.example/share', true],
  ['https://lectern.example/share?from=gallery', true],
  ['https://lectern.example/share/', false],
  ['https://lectern.example/dav/share', false],
])('%s is where other apps share to: %s', (address, isOurs) => {
  expect(isShare(new URL(address))).toBe(isOurs)
})
