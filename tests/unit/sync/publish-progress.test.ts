import { describe, expect, test } from 'vitest'
import type { Progress } from '../../../src/sync/receipt.ts'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'

async function tablet() {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'film.mp4', 'a film')
  await vo.add(wednesday, 'photo.jpg', 'a picture')
  await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
  const told: Progress[] = []
  const update = (signal?: AbortSignal) =>
    vo.update({
      signal,
      onProgress: (progress) => {
        if (progress.phase === 'sending') told.push(progress)
      },
    })
  return { remote, vo, told, update }
}

describe('while files go up', () => {
  test('the VO sees which, and how far all of them are', async () => {
    const { vo, told, update } = await tablet()
    const [film] = await vo.outbox()
    await update()
    expect(told[0]).toMatchObject({ doneFiles: 0, totalFiles: 2, doneBytes: 0, totalBytes: 15 })
    expect(told).toContainEqual({
      phase: 'sending',
      files: [{ ref: film?.stamped.id, name: 'film.mp4', size: 6, received: 6 }],
      doneFiles: 0,
      totalFiles: 2,
      doneBytes: 6,
      totalBytes: 15,
    })
    expect(told.at(-1)).toMatchObject({ files: [], doneFiles: 2, doneBytes: 15 })
  })

  test('no byte counts twice, and none is lost', async () => {
    const { told, update } = await tablet()
    await update()
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
  })
})

describe('a sending that is stopped', () => {
  async function stopped(keptBytes: number | undefined) {
    const { remote, vo, update } = await tablet()
    const stopping = new AbortController()
    remote.beforeNext('write', () => {
      stopping.abort(new DOMException('enough', 'AbortError'))
      if (keptBytes !== undefined) remote.cutNextWrite(keptBytes)
    })
    await expect(update(stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
    return { remote, vo, update }
  }

  test.each([3, undefined])('shows nobody anything (%s bytes had arrived)', async (keptBytes) => {
    const { remote, vo } = await stopped(keptBytes)
    expect(Object.keys(await remote.tree()).filter((path) => path.startsWith('Media/'))).toEqual([])
    expect(await vo.outbox()).toHaveLength(3)
  })

  test('begins the file anew', async () => {
    const { remote, update } = await stopped(3)
    await update()
    expect(await remote.tree()).toMatchObject({ 'Media/2026-11-25/film.mp4': 'a film' })
  })

  test('goes on with the move where the whole file had arrived', async () => {
    const { remote, vo, update } = await stopped(undefined)
    const [film] = await vo.outbox()
    remote.calls.length = 0
    await update()
    expect(await remote.tree()).toMatchObject({ 'Media/2026-11-25/film.mp4': 'a film' })
    const uploads = remote.calls.filter(({ method }) => method === 'write')
    expect(uploads.map(({ path }) => path)).not.toContain(`_sync/tmp/${film?.stamped.id ?? ''}`)
  })
})
