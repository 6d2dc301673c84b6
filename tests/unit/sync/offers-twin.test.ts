import { expect, test } from 'vitest'
import type { ContentKey, CuratedItem } from '../../../src/domain/media.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { md5Of } from '../../../src/sync/md5.ts'
import { findTwin, twinOf } from '../../../src/sync/offers/twin.ts'

const picture = new Blob(['a picture of the visit'])

function item(name: string, key?: ContentKey): CuratedItem {
  const source = {
    at: 'jworg',
    url: `https://media.example/${name}`,
    version: { size: 22 },
  } as const
  const origin = 'additional'
  const more = {
    id: name,
    fileName: name,
    hiddenBy: [],
    size: picture.size,
    source,
    origin,
  } as const
  return { ...more, name, ...(key && { key }) }
}

test('the very same bytes are found under whatever name they have', async () => {
  const key = await contentKey(picture)
  const day = { items: [item('Other.jpg', 'sha256-0'), item('Visit (2).jpg', key)] }
  expect((await findTwin(picture, day))?.name).toBe('Visit (2).jpg')
  expect(twinOf(key, day)?.name).toBe('Visit (2).jpg')
})

test('what a person saved from JW.org is known as what the programme has', async () => {
  const day = { items: [item('Song 44.mp4', `md5-${await md5Of(picture)}`)] }
  expect((await findTwin(picture, day))?.name).toBe('Song 44.mp4')
})

test('another file as long as this one is none, and of a third nobody knows', async () => {
  const day = { items: [item('Other.jpg', 'sha256-0'), item('Film.mp4', 'md5-0'), item('New.jpg')] }
  expect(await findTwin(picture, day)).toBeUndefined()
})

test('a file of another length is not read at all', async () => {
  const unread = new Blob(['another length'])
  unread.arrayBuffer = () => Promise.reject(new Error('it was read'))
  const day = { items: [item('Visit.jpg', await contentKey(picture))] }
  expect(await findTwin(unread, day)).toBeUndefined()
})
