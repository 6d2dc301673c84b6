import { describe, expect, test } from 'vitest'
import { refOf, type MediaKind } from '../../../src/domain/media.ts'
import type { Inspected } from '../../../src/domain/readiness.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { wantedOutputs } from '../../../src/sync/export/wanted-outputs.ts'
import type { InspectOptions, LearnedFacts } from '../../../src/sync/readiness/inspect.ts'
import { readiness, type FolderSight } from '../../../src/sync/readiness/readiness.ts'
import { memoryFolder } from '../../doubles/memory-folder.ts'
import { memoryStore } from '../../doubles/memory-store.ts'
import { curatedDay } from './export-hall.ts'

const profile = 'north'
const day = curatedDay('2026-11-20', { 'song.mp4': 'la la', 'map.jpg': 'a map' })

/** A hall that plays every film for so many seconds as it has letters, but what says that it is broken. */
async function hall(texts = day.texts) {
  const store = memoryStore()
  await store.putProfile({ id: profile, name: 'North' })
  const curated = curatedDay('2026-11-20', texts)
  for (const { name, source } of curated.items) {
    if (source.at !== 'remote') continue
    const body = new Blob([texts[name] ?? ''])
    const key = await contentKey(body)
    const row = { ref: refOf(source), name, key, version: source.version, size: body.size, at: 1 }
    await store.putFiles(profile, [row], [{ key, body }])
  }
  const played: string[] = []
  async function inspect(blob: Blob, { kind }: { kind: MediaKind }): Promise<Inspected> {
    const text = await blob.text()
    played.push(text)
    if (text.includes('broken')) return { of: 'unplayable' }
    return kind === 'video' ? { of: 'film', durationS: text.length } : { of: 'picture' }
  }
  const ask = (
    { folder = 'none', ...options }: Partial<InspectOptions> & { folder?: FolderSight } = {},
    learned: LearnedFacts = new Map(),
  ) =>
    readiness(
      {
        store,
        inspector: async () => ({ inspect }),
        folder,
        outputs: () => wantedOutputs(store, [curated], profile),
      },
      curated,
      { profile, learned, missing: [], isSigned: false, whenIdle: async () => {}, ...options },
    )
  return { store, played, ask }
}

describe('whether a meeting is ready', () => {
  test('is learned by playing each file once, also by the next page', async () => {
    const { ask, played } = await hall()
    const ready = { of: 'ready', files: 2, durationS: 5 }
    expect(await ask()).toEqual(ready)
    expect(await ask()).toEqual(ready)
    expect(played.toSorted()).toEqual(['a map', 'la la'])
  })

  test('is asked of a bad file once in a page, and again by the next one', async () => {
    const { ask, played } = await hall({ 'song.mp4': 'broken' })
    const here: LearnedFacts = new Map()
    const elsewhere: LearnedFacts = new Map()
    for (const learned of [here, here, elsewhere])
      expect(await ask({}, learned)).toMatchObject({
        shortcomings: [{ of: 'unplayable', names: ['song.mp4'] }],
      })
    expect(played).toEqual(['broken', 'broken'])
  })

  test('is told of the folder by what stands there', async () => {
    const { ask } = await hall()
    const folder = memoryFolder()
    expect(await ask({ folder })).toMatchObject({
      shortcomings: [{ of: 'folder-lacks', names: ['song.mp4', 'map.jpg'] }],
    })
    await folder.write('2026-11-20/song.mp4', new Blob(['la la']))
    await folder.write('2026-11-20/map.jpg', new Blob(['a map']))
    await folder.write('2026-11-20/own.jpg', new Blob(['of the hall']))
    expect(await ask({ folder })).toMatchObject({ of: 'ready' })
  })

  test('is not asked any further once somebody leaves the day, and what was learned stays', async () => {
    const { ask, played, store } = await hall()
    const leaving = new AbortController()
    const whenIdle = async () => {
      if (played.length === 1) leaving.abort()
    }
    await expect(ask({ signal: leaving.signal, whenIdle })).rejects.toThrow('aborted')
    expect(played).toHaveLength(1)
    const kept = await store.document(profile, 'inspected')
    expect(Object.keys(kept ?? {})).toHaveLength(1)
  })

  test('is forgotten with its congregation', async () => {
    const { ask, store } = await hall()
    await ask()
    expect(await store.document(profile, 'inspected')).toBeDefined()
    await store.dropProfile(profile)
    expect(await store.document(profile, 'inspected')).toBeUndefined()
  })
})
