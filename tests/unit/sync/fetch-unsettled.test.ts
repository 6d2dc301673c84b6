import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const photo = `Media/${wednesday}/photo.jpg`

/** A server without ETags whose clock the test moves; it tells times in whole seconds. */
async function coarse(files: Readonly<Record<string, string>> = {}) {
  let serverMs = Date.UTC(2026, 10, 20)
  const remote = memoryRemote({ hasEtags: false, now: () => serverMs, files })
  // A reader: nothing of its own in the sync folder makes the server's clock show.
  const hall = await openDevice({ id: 'hall', today, remote: remote.reader })
  const pass = async (ms: number) => {
    serverMs += ms
    await hall.clock.wait(ms)
  }
  const readPaths = () =>
    remote.calls.flatMap(({ method, path }) => (method === 'read' ? [path] : []))
  return { remote, hall, pass, readPaths }
}

async function inHall(hall: Awaited<ReturnType<typeof coarse>>['hall']) {
  return (await hall.folder.tree())[`${wednesday}/photo.jpg`]
}

describe('on a server without ETags', () => {
  test('what changed within the second it was fetched in is right after the next update', async () => {
    const { remote, hall, pass } = await coarse({ [photo]: 'one' })
    await hall.update()
    remote.seed({ [photo]: 'two' })
    await pass(2_000)
    expect(await hall.update()).toMatchObject({ replaced: 1, isExact: true })
    expect(await inHall(hall)).toBe('two')
  })

  test('the newest file is fetched twice, the others once, and then nothing moves any more', async () => {
    const { remote, hall, pass, readPaths } = await coarse({ 'Media/Recurring/old.png': 'old' })
    await pass(60_000)
    remote.seed({ [photo]: 'one' })
    await hall.update()
    expect(readPaths()).toHaveLength(2)
    await pass(2_000)
    remote.calls.length = 0
    await hall.update()
    expect(readPaths()).toEqual([photo])
    await pass(60_000)
    remote.calls.length = 0
    expect(await hall.update()).toMatchObject({ new: 0, replaced: 0, isExact: true })
    expect(readPaths()).toEqual([])
  })

  test('what a device noted of the very bytes needs no second look', async () => {
    const { remote, hall, pass, readPaths } = await coarse()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'photo.jpg', 'one')
    await vo.publish()
    await hall.update()
    await pass(2_000)
    remote.calls.length = 0
    await hall.update()
    expect(readPaths()).not.toContain(photo)
  })

  test('an update without the sync folder asks for nothing twice, and misses nothing', async () => {
    const { remote, hall, pass } = await coarse({ [photo]: 'one' })
    await hall.update()
    await pass(2_000)
    remote.goOffline()
    expect(await hall.update()).toMatchObject({ failed: [], unchanged: 1 })
  })

  test('a film that changed while its first parts came is never stored half old, half new', async () => {
    const megabyte = 1024 * 1024
    const film = `Media/${wednesday}/film.mp4`
    const filled = (value: number) => new Blob([new Uint8Array(20 * megabyte).fill(value)])
    const { remote, hall, pass } = await coarse()
    remote.seed({ [film]: filled(1) })
    const cancelling = new AbortController()
    const onProgress = ({ doneBytes }: { doneBytes: number }) => {
      if (doneBytes > 0) cancelling.abort()
    }
    await expect(hall.update({ signal: cancelling.signal, onProgress })).rejects.toThrow()
    remote.seed({ [film]: filled(2) })
    await pass(3_000)
    remote.seed({ [photo]: 'newer' })
    await hall.update()
    const { key } = await hall.item(wednesday, 'film.mp4')
    const stored = key && (await hall.store.blob(key))
    const bytes = new Uint8Array((await stored?.arrayBuffer()) ?? new ArrayBuffer())
    expect(bytes.length).toBe(20 * megabyte)
    expect(Buffer.from(bytes).equals(Buffer.alloc(20 * megabyte, 2))).toBe(true)
  })

  test('the last of any two writes of one second is there after two updates', async () => {
    type Deed = { readonly afterMs: number; readonly do: 'write' | 'update' }
    const deed = fc.record<Deed>({
      afterMs: fc.constantFrom(0, 1, 300, 700, 1_000, 1_999),
      do: fc.constantFrom('write', 'update'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
        const { remote, hall, pass } = await coarse({ 'Media/Recurring/old.png': 'old' })
        let text = 'a'
        for (const [index, { afterMs, do: what }] of deeds.entries()) {
          await pass(afterMs)
          if (what === 'update') await hall.update()
          else remote.seed({ [photo]: (text = String(index)) })
        }
        await hall.update()
        await pass(2_000)
        await hall.update()
        const written = deeds.some((one) => one.do === 'write')
        expect(await inHall(hall)).toBe(written ? text : undefined)
      }),
      { numRuns: 60 },
    )
  })
})
