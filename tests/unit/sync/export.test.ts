import { describe, expect, test } from 'vitest'
import { failureOf } from '../../../src/domain/failure.ts'
import type { ExportStep } from '../../../src/sync/export/export.ts'
import { indexPath } from '../../../src/sync/export/folder-index.ts'
import { memoryFolder } from '../../doubles/memory-folder.ts'
import { curatedDay, hall, type Hall } from './export-hall.ts'

const friday = '2026-11-20'
const sunday = '2026-11-22'

/** A hall whose folder holds two items of Friday and one of Sunday. */
async function preparedHall(): Promise<Hall> {
  const prepared = hall()
  await prepared.publish(curatedDay(friday, { 'song.mp4': 'la la', 'map.jpg': 'a map' }))
  await prepared.publish(curatedDay(sunday, { 'talk.jpg': 'a talk' }))
  await prepared.export()
  return prepared
}

describe('an export', () => {
  test('writes each shown item into the folder of its day, and leaves hidden ones out', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'song.mp4': 'la la', 'map.jpg': 'a map' }, ['map.jpg']))
    const receipt = await run()
    expect(await folder.tree()).toEqual({ '2026-11-20/song.mp4': 'la la' })
    expect(receipt).toEqual({
      here: ['2026-11-20/song.mp4'],
      new: ['2026-11-20/song.mp4'],
      replaced: [],
      removed: [],
      unchanged: [],
      failed: [],
    })
  })

  test('that finds nothing new writes not a single byte, the index included', async () => {
    const { folder, export: run } = await preparedHall()
    const { changes, bytesWritten } = folder
    const receipt = await run()
    expect(receipt.unchanged).toHaveLength(3)
    expect([...receipt.new, ...receipt.replaced, ...receipt.removed, ...receipt.failed]).toEqual([])
    expect(folder).toMatchObject({ changes, bytesWritten })
  })

  test('of days without media does not even leave an index', async () => {
    const { folder, export: run } = hall()
    await run()
    expect(folder.changes).toBe(0)
  })

  test('replaces an item whose bytes the VO has replaced', async () => {
    const { folder, publish, export: run } = await preparedHall()
    await publish(curatedDay(friday, { 'song.mp4': 'tra la', 'map.jpg': 'a map' }))
    const receipt = await run()
    expect(receipt).toMatchObject({ new: [], replaced: ['2026-11-20/song.mp4'], removed: [] })
    expect(receipt.unchanged).toHaveLength(2)
    expect(await folder.tree()).toMatchObject({ '2026-11-20/song.mp4': 'tra la' })
  })

  test('removes an item that the VO has removed, and nothing beside it', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.put('2026-11-20/notes of the hall.txt', 'keep me')
    await publish(curatedDay(friday, { 'song.mp4': 'la la' }))
    expect((await run()).removed).toEqual(['2026-11-20/map.jpg'])
    expect(Object.keys(await folder.tree())).toEqual([
      '2026-11-20/notes of the hall.txt',
      '2026-11-20/song.mp4',
      '2026-11-22/talk.jpg',
    ])
  })

  test('removes nothing of a day whose truth is in doubt', async () => {
    const { folder, publish, export: run } = await preparedHall()
    const before = await folder.tree()
    await publish(curatedDay(friday, {}), curatedDay(sunday, {}))
    const receipt = await run({ keep: (path) => path.startsWith(friday) })
    expect(receipt.removed).toEqual(['2026-11-22/talk.jpg'])
    expect(Object.keys(await folder.tree())).toEqual(
      Object.keys(before).filter((path) => path.startsWith(friday)),
    )
    expect((await run()).removed).toEqual(['2026-11-20/map.jpg', '2026-11-20/song.mp4'])
  })

  test('writes again what somebody deleted', async () => {
    const { folder, export: run } = await preparedHall()
    folder.drop('2026-11-20/song.mp4')
    expect((await run()).new).toEqual(['2026-11-20/song.mp4'])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/song.mp4': 'la la' })
  })

  test('writes new files before it removes old ones, four at a time', async () => {
    const { folder, publish, export: run } = await preparedHall()
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.jpg`, name])
    await publish(curatedDay(friday, Object.fromEntries(names) as Record<string, string>))
    folder.failNext('f.jpg', { kind: 'quota' })
    expect((await run()).removed).toEqual([])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/song.mp4': 'la la' })
    expect(folder.mostWritesAtOnce).toBe(4)
    expect((await run()).removed).toEqual(['2026-11-20/map.jpg', '2026-11-20/song.mp4'])
  })

  test('tells how far it is, in files and bytes', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'song.mp4': 'la la', 'map.jpg': 'a map' }))
    const steps: ExportStep[] = []
    await run({ onStep: (step) => void steps.push(step) })
    const order = await folder.read('2026-11-20/.section-order.json')
    const totalBytes = 10 + (order?.size ?? 0)
    expect(steps.map(({ doneFiles }) => doneFiles)).toEqual([1, 2, 3])
    expect(steps.every((step) => step.totalFiles === 3 && step.totalBytes === totalBytes)).toBe(
      true,
    )
    expect(steps.map(({ doneBytes }) => doneBytes).at(-1)).toBe(totalBytes)
  })
})

describe('a file that Lectern did not write', () => {
  test('stays as it is where the congregation wants another of that name, and is said', async () => {
    const { folder, publish, export: run } = hall()
    folder.put('2026-11-20/map.jpg', 'my own map')
    await publish(curatedDay(friday, { 'map.jpg': 'a map', 'song.mp4': 'la la' }))
    const receipt = await run()
    expect(receipt.failed).toEqual([
      {
        path: '2026-11-20/map.jpg',
        failure: { kind: 'foreign-file', path: '2026-11-20/map.jpg' },
      },
    ])
    expect(receipt.new).toEqual(['2026-11-20/song.mp4'])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/map.jpg': 'my own map' })
  })

  test('that has the wanted bytes counts as unchanged, and never becomes ours to remove', async () => {
    const { folder, publish, export: run } = hall()
    folder.put('2026-11-20/map.jpg', 'a map')
    const standing = await folder.list(friday)
    await publish(curatedDay(friday, { 'map.jpg': 'a map' }))
    expect((await run()).unchanged).toEqual(['2026-11-20/map.jpg'])
    expect(await folder.list(friday)).toEqual(expect.arrayContaining(standing))
    await publish(curatedDay(friday, {}))
    expect((await run()).removed).toEqual([])
    expect(await folder.tree()).toEqual({ '2026-11-20/map.jpg': 'a map' })
  })

  test('is not overwritten on a disk that is blind to case either', async () => {
    const { folder, publish, export: run } = hall(memoryFolder({ isCaseBlind: true }))
    folder.put('2026-11-20/MAP.jpg', 'my own map')
    await publish(curatedDay(friday, { 'map.jpg': 'a map' }))
    expect((await run()).failed).toMatchObject([{ failure: { kind: 'foreign-file' } }])
    expect(await folder.tree()).toEqual({ '2026-11-20/MAP.jpg': 'my own map' })
  })

  test('stands in a folder whose index is broken, and so does everything else there', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.put(indexPath, '{ "lectern": 1, "files": { "../elsewhere.txt": ')
    await publish(curatedDay(friday, { 'song.mp4': 'tra la', 'map.jpg': 'a map' }))
    const receipt = await run()
    expect(receipt.unchanged).toEqual(['2026-11-20/map.jpg', '2026-11-22/talk.jpg'])
    expect(receipt.failed).toMatchObject([{ path: '2026-11-20/song.mp4' }])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/song.mp4': 'la la' })
  })

  test.each(['../films/own.mp4', 'films/own.mp4', 'own.mp4', '2026-11-20/../own.mp4'])(
    'cannot be given away by an index that claims %s',
    async (path) => {
      const { folder, export: run } = hall()
      folder.put(path, 'my own film')
      const [file] = await folder.list(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
      const row = { key: 'sha256-0', size: 11, modified: file?.modified, state: 'written' }
      folder.put(indexPath, JSON.stringify({ lectern: 1, files: { [path]: row } }))
      expect((await run()).removed).toEqual([])
      expect(await folder.tree()).toEqual({ [path]: 'my own film' })
    },
  )
})

describe('a file of ours that somebody changed since', () => {
  test('stays when it is wanted, and the operator hears of it', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.put('2026-11-20/map.jpg', 'A MAP')
    await publish(curatedDay(friday, { 'map.jpg': 'a new map', 'song.mp4': 'la la' }))
    expect((await run()).failed).toMatchObject([{ failure: { kind: 'foreign-file' } }])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/map.jpg': 'A MAP' })
  })

  test('stays when it is no longer wanted, and is somebody else’s from then on', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.put('2026-11-20/map.jpg', 'A MAP')
    await publish(curatedDay(friday, { 'song.mp4': 'la la' }))
    expect((await run()).removed).toEqual([])
    expect(await folder.read(indexPath).then((file) => file?.text())).not.toContain('map.jpg')
    expect(await folder.tree()).toMatchObject({ '2026-11-20/map.jpg': 'A MAP' })
  })

  test('into exactly what the VO wants by now is left alone', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.put('2026-11-20/map.jpg', 'a new map')
    const [file] = (await folder.list(friday)).filter(({ path }) => path.endsWith('map.jpg'))
    await publish(curatedDay(friday, { 'map.jpg': 'a new map', 'song.mp4': 'la la' }))
    expect((await run()).unchanged).toContain('2026-11-20/map.jpg')
    expect(await folder.list(friday)).toContainEqual(file)
  })

  test('is still ours where only its time moved, as a copied stick or the end of summer does', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.touch('2026-11-20/map.jpg')
    folder.touch('2026-11-20/song.mp4')
    await publish(curatedDay(friday, { 'song.mp4': 'tra la' }))
    expect(await run()).toMatchObject({
      replaced: ['2026-11-20/song.mp4'],
      removed: ['2026-11-20/map.jpg'],
      failed: [],
    })
    folder.touch('2026-11-20/song.mp4')
    expect((await run()).unchanged).toContain('2026-11-20/song.mp4')
    const { changes } = folder
    await run()
    expect(folder.changes).toBe(changes)
  })
})

describe('trouble on the way', () => {
  test('a tab that dies in the middle leaves nothing that the next export does not heal', async () => {
    const { folder, publish, export: run } = await preparedHall()
    const before = await folder.tree()
    await publish(curatedDay(friday, { 'song.mp4': 'tra la', 'new.jpg': 'new', 'old.jpg': 'old' }))
    folder.crashAt(4)
    await expect(run()).rejects.toThrow('the tab is gone')
    folder.revive()
    expect(Object.values(await folder.tree())).toContain('')
    expect(await folder.tree()).toMatchObject({
      '2026-11-20/map.jpg': before['2026-11-20/map.jpg'],
    })
    expect((await run()).failed).toEqual([])
    expect(await folder.tree()).toEqual({
      '2026-11-20/new.jpg': 'new',
      '2026-11-20/old.jpg': 'old',
      '2026-11-20/song.mp4': 'tra la',
      '2026-11-22/talk.jpg': 'a talk',
    })
  })

  test('what a dead tab had written in full is not written again', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'a.mp4': 'film a', 'b.mp4': 'film b' }))
    folder.crashAt(5)
    await expect(run()).rejects.toThrow('the tab is gone')
    folder.revive()
    const { bytesWritten } = folder
    expect((await run()).unchanged).toEqual(['2026-11-20/a.mp4', '2026-11-20/b.mp4'])
    const index = await folder.read(indexPath)
    expect(folder.bytesWritten - bytesWritten).toBe(index?.size)
  })

  test('a file put in the place of a left-over by somebody is not ours', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'a.mp4': 'film a' }))
    folder.crashAt(2)
    await expect(run()).rejects.toThrow('the tab is gone')
    folder.revive()
    folder.put('2026-11-20/a.mp4', 'my own film')
    expect((await run()).failed).toMatchObject([{ failure: { kind: 'foreign-file' } }])
    await publish(curatedDay(friday, {}))
    await run()
    expect(await folder.tree()).toEqual({ '2026-11-20/a.mp4': 'my own film' })
  })

  test('a full disk ends the run; what was done is known, what was not is said', async () => {
    const { folder, publish, export: run } = hall()
    const films = { 'a.mp4': 'small', 'b.mp4': 'x'.repeat(9_000), 'c.mp4': 'y'.repeat(9_000) }
    await publish(curatedDay(friday, films))
    folder.fillUpTo(5_000)
    const receipt = await run()
    expect(receipt.new).toEqual(['2026-11-20/a.mp4'])
    expect(receipt.failed).toEqual(
      ['b', 'c'].map((name) => ({
        path: `2026-11-20/${name}.mp4`,
        failure: { kind: 'quota' },
      })),
    )
    folder.fillUpTo(Infinity)
    expect(await run()).toMatchObject({
      unchanged: ['2026-11-20/a.mp4'],
      new: ['2026-11-20/b.mp4', '2026-11-20/c.mp4'],
      failed: [],
    })
  })

  test('a folder that may not be written is said before anything is done', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'a.mp4': 'film' }))
    folder.failNext(indexPath, { kind: 'folder-permission' })
    const error: unknown = await run().catch((reason: unknown) => reason)
    expect(failureOf(error)).toEqual({ kind: 'folder-permission' })
    expect(await folder.tree()).toEqual({})
  })

  test('one file that a player holds open does not stop the others', async () => {
    const { folder, publish, export: run } = hall()
    await publish(curatedDay(friday, { 'a.mp4': 'a', 'b.mp4': 'b', 'c.mp4': 'c' }))
    const failure = { kind: 'file-busy', path: '2026-11-20/b.mp4' } as const
    folder.failNext('b.mp4', failure)
    const receipt = await run()
    expect(receipt.failed).toEqual([{ path: '2026-11-20/b.mp4', failure }])
    expect(receipt.new).toEqual(['2026-11-20/a.mp4', '2026-11-20/c.mp4'])
    expect((await run()).new).toEqual(['2026-11-20/b.mp4'])
  })

  test('an item whose bytes are not here keeps what stands at its place', async () => {
    const { folder, publish, forget, export: run } = await preparedHall()
    await publish(curatedDay(friday, { 'song.mp4': 'tra la', 'map.jpg': 'a map' }))
    await forget('2026-11-20', 'song.mp4')
    const receipt = await run()
    expect(receipt.failed).toEqual([
      { path: '2026-11-20/song.mp4', failure: { kind: 'not-stored', name: 'song.mp4' } },
    ])
    expect(await folder.tree()).toMatchObject({ '2026-11-20/song.mp4': 'la la' })
    const { changes } = folder
    await run()
    expect(folder.changes).toBe(changes)
  })

  test('a file that cannot be read for comparing stays, and stays ours until it can', async () => {
    const { folder, publish, export: run } = await preparedHall()
    folder.touch('2026-11-20/map.jpg')
    folder.touch('2026-11-20/song.mp4')
    folder.lock('2026-11-20/map.jpg')
    folder.lock('2026-11-20/song.mp4')
    await publish(curatedDay(friday, { 'song.mp4': 'la la' }))
    const busy = { kind: 'file-busy', path: '2026-11-20/song.mp4' }
    expect(await run()).toMatchObject({ removed: [], failed: [{ failure: busy }] })
    const names = (await folder.list(friday)).map(({ path }) => path)
    expect(names).toEqual(expect.arrayContaining(['2026-11-20/map.jpg', '2026-11-20/song.mp4']))
    expect(await folder.read(indexPath).then((file) => file?.text())).toContain('map.jpg')
  })

  test('a cancelled export stops between files and remembers what it did', async () => {
    const { folder, publish, export: run } = hall()
    const names = Array.from({ length: 20 }, (_, at) => [`${String(at + 10)}.jpg`, 'x'])
    await publish(curatedDay(friday, Object.fromEntries(names) as Record<string, string>))
    const stop = new AbortController()
    const onStep = () => {
      stop.abort()
    }
    const error: unknown = await run({ signal: stop.signal, onStep }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBe(stop.signal.reason)
    const done = Object.keys(await folder.tree())
    expect(done.length).toBeGreaterThan(0)
    expect(done.length).toBeLessThan(6)
    expect(await run()).toMatchObject({ unchanged: done, failed: [] })
    expect(Object.keys(await folder.tree())).toHaveLength(20)
  })
})

describe('days that are over', () => {
  test('keep their files for two weeks, then lose those that are still ours', async () => {
    const prepared = await preparedHall()
    const { folder, publish, export: run } = prepared
    folder.put('2026-11-20/map.jpg', 'drawn upon')
    prepared.turnTo('2026-12-04')
    await publish()
    expect((await run()).removed).toEqual([])
    prepared.turnTo('2026-12-05')
    expect((await run()).removed).toEqual(['2026-11-20/song.mp4'])
    prepared.turnTo('2026-12-07')
    expect((await run()).removed).toEqual(['2026-11-22/talk.jpg'])
    expect(await folder.tree()).toEqual({ '2026-11-20/map.jpg': 'drawn upon' })
  })
})

describe('a name that changes by case only', () => {
  test('keeps the old file while the new bytes are not here', async () => {
    const { folder, publish, forget, export: run } = hall(memoryFolder({ isCaseBlind: true }))
    await publish(curatedDay(friday, { 'Map.jpg': 'a map' }))
    await run()
    await publish(curatedDay(friday, { 'map.jpg': 'a new map' }))
    await forget(friday, 'map.jpg')
    expect(await run()).toMatchObject({
      removed: [],
      failed: [{ failure: { kind: 'not-stored' } }],
    })
    expect(await folder.tree()).toEqual({ '2026-11-20/Map.jpg': 'a map' })
  })

  test.each([2, 3, 4])('is not lost with a tab that dies at change %i', async (change) => {
    const { folder, publish, export: run } = hall(memoryFolder({ isCaseBlind: true }))
    await publish(curatedDay(friday, { 'Map.jpg': 'a map' }))
    await run()
    await publish(curatedDay(friday, { 'map.jpg': 'a map' }))
    folder.crashAt(change)
    await expect(run()).rejects.toThrow('the tab is gone')
    folder.revive()
    expect((await run()).failed).toEqual([])
    expect(await folder.tree()).toEqual({ '2026-11-20/map.jpg': 'a map' })
  })

  test.each([true, false])(
    'is changed on disk too (a disk that is blind to case: %s)',
    async (isCaseBlind) => {
      const { folder, publish, export: run } = hall(memoryFolder({ isCaseBlind }))
      await publish(curatedDay(friday, { 'Map.jpg': 'a map' }))
      await run()
      await publish(curatedDay(friday, { 'map.jpg': 'a map' }))
      expect(await run()).toMatchObject({
        new: ['2026-11-20/map.jpg'],
        removed: ['2026-11-20/Map.jpg'],
      })
      expect(await folder.tree()).toEqual({ '2026-11-20/map.jpg': 'a map' })
      const { changes } = folder
      await run()
      expect(folder.changes).toBe(changes)
    },
  )
})
