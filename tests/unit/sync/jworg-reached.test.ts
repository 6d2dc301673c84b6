import { expect, test } from 'vitest'
import { weekOf } from '../../../src/domain/day.ts'
import { sharedUrl } from '../../../src/domain/inside.ts'
import { lastReached } from '../../../src/domain/last-reached.ts'
import type { CatalogueItem } from '../../../src/domain/media.ts'
import { noteHanded } from '../../../src/sync/catalogue/handed.ts'
import { reachedBy } from '../../../src/sync/doctor/jworg-reached.ts'
import type { Store } from '../../../src/sync/ports.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

const dayMs = 86_400_000
const now = Date.parse('2026-11-20T19:00:00Z')
const day = '2026-11-18'
const week = weekOf(day)
const profile = 'hall'

/** What a hall's device tells, by kind. */
async function told(store: Store) {
  const rows = await reachedBy({ store, clock: { now: () => now } }, profile)
  return Object.fromEntries(rows.map(({ kind, ...row }) => [kind, row]))
}

const notYet = { ways: [], isPast: false, isShared: false }

test('a kind is told as its hosts were reached last', () => {
  const known = {
    'films cfp2.jw-cdn.org': { way: 'direct', at: 9 * dayMs },
    'films akamd1.jw-cdn.org': { way: 'relay', at: 9 * dayMs - 1 },
    'films download-a.akamaihd.net': { way: 'direct', at: dayMs },
    'answers b.jw-cdn.org': { way: 'relay', at: dayMs },
  } as const
  const at = 9 * dayMs
  expect(lastReached(known, 'films', at)).toEqual({ ways: ['direct', 'relay'], at, isPast: false })
  expect(lastReached(known, 'answers', at)).toEqual({ ways: ['relay'], at: dayMs, isPast: true })
  expect(lastReached(known, 'publications', at)).toBeUndefined()
})

test('what a clock of tomorrow wrote says nothing about today', () => {
  const known = { 'films cfp2.jw-cdn.org': { way: 'direct', at: 2 } } as const
  expect(lastReached(known, 'films', 1)?.isPast).toBe(true)
})

test('a device that JW.org has refused for ten days tells what it had then as past', async () => {
  const store = memoryStore()
  await store.putDocument(profile, 'ways', {
    'publications b.jw-cdn.org': { way: 'direct', at: now - 10 * dayMs },
    'films b.jw-cdn.org': { way: 'direct', at: now - dayMs + 1 },
  })
  expect(await told(store)).toEqual({
    answers: notYet,
    publications: { ...notYet, ways: ['direct'], at: now - 10 * dayMs, isPast: true },
    films: { ...notYet, ways: ['direct'], at: now - dayMs + 1 },
  })
})

test('what somebody brought is told until it is reached again', async () => {
  const store = memoryStore()
  const handedAt = now - 2 * dayMs
  await store.putDocument(profile, 'handed', { publications: handedAt, films: handedAt })
  await store.putDocument(profile, 'ways', {
    'films b.jw-cdn.org': { way: 'relay', at: now },
    'publications b.jw-cdn.org': { way: 'direct', at: handedAt - dayMs },
  })
  const { answers, publications, films } = await told(store)
  expect(answers).toEqual(notYet)
  expect(publications).toMatchObject({ at: handedAt - dayMs, handedAt })
  expect(films).toEqual({ ...notYet, ways: ['relay'], at: now })
})

test('of what somebody brings it is noted which kind it was', async () => {
  const store = memoryStore()
  const clock = { now: () => now }
  await noteHanded({ store, clock }, { profile, taken: [{ is: 'unknown' }, { is: 'older' }] })
  expect(await store.document(profile, 'handed')).toBeUndefined()
  const workbook = { is: 'publication', symbol: 'mwb', issue: 20_261_100, language: 'E' } as const
  await noteHanded({ store, clock }, { profile, taken: [workbook] })
  const later = { now: () => now + dayMs }
  const taken = [{ is: 'media', item: 'Song 44' } as const]
  await noteHanded({ store, clock: later }, { profile, taken })
  expect(await store.document(profile, 'handed')).toEqual({
    publications: now,
    films: now + dayMs,
  })
})

test('what others put into the sync folder is told of its kind', async () => {
  const store = memoryStore()
  const list = { week, items: [], meetings: [] }
  await store.putDocument(profile, 'weeks', { [week]: { digest: '', settings: '', list } })
  expect(await told(store)).toMatchObject({
    answers: { isShared: true },
    publications: { isShared: false },
    films: { isShared: false },
  })
  const picture: CatalogueItem = {
    ...{ id: 'p', day, name: 'A Wide Valley.jpg', size: 1, md5: '0'.repeat(32) },
    url: sharedUrl('_sync/weeks/picture.jpg'),
  }
  await store.putDocument(profile, 'catalogue', { [week]: { week, items: [picture] } })
  expect((await told(store))['publications']).toMatchObject({ isShared: true })
})
