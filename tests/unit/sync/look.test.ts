import { describe, expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import type { Remote } from '../../../src/sync/ports.ts'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const day = `Media/${wednesday}`
const photos = { [`${day}/a.jpg`]: 'a', [`${day}/b.jpg`]: 'b' }

function hall(remote: Remote) {
  return openDevice({ id: 'hall', today, remote })
}

/** The remote, but from now on listing that folder fails. */
function withBrokenFolder(remote: Remote) {
  const broken = new Map<string, Failure>()
  const list: Remote['list'] = (folder, options) => {
    const failure = broken.get(folder)
    return failure ? Promise.reject(new Failed(failure)) : remote.list(folder, options)
  }
  return { ...remote, list, broken }
}

describe('what the sync folder is seen to hold', () => {
  test('days in any spelling and language are the same days', async () => {
    const files = {
      'Media/2026-11-25/a.jpg': 'a',
      'Media/25-11-2026 - Mittwoch/b.jpg': 'b',
      'Media/2026-11-25 - среда/c.jpg': 'c',
    }
    const device = await hall(memoryRemote({ files }))
    await device.update()
    expect(await device.shown(wednesday)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  })

  test('odd folders are named in the receipt, never guessed', async () => {
    const files = { ...photos, 'Media/Talk 2026-11-25/x.jpg': 'x', 'Media/loose.jpg': 'y' }
    const device = await hall(memoryRemote({ files }))
    const { odd } = await device.update()
    expect([...odd].sort()).toEqual(['Media/Talk 2026-11-25', 'Media/loose.jpg'])
    expect(await device.shown(wednesday)).toEqual(['a.jpg', 'b.jpg'])
  })

  test('past days are not asked for', async () => {
    const remote = memoryRemote({ files: { ...photos, 'Media/2026-11-18/old.jpg': 'old' } })
    await (await hall(remote)).update()
    expect(remote.calls.filter(({ path }) => path.includes('2026-11-18'))).toEqual([])
  })

  test('what the congregation decided for everyone holds after the update', async () => {
    const forced = {
      app: { outputFolderDateFormat: 'DD-MM-YYYY' },
      meeting: { mwDay: '3', weDay: 6 },
    }
    const remote = memoryRemote({ files: { 'forcedPrefs.json': JSON.stringify(forced) } })
    const device = await hall(remote)
    await device.update()
    await device.add('2026-11-26', 'a.jpg', 'a')
    await device.add('recurring', 'year text.png', 'text')
    await device.update()
    expect(Object.keys(await remote.tree())).toContain('Media/26-11-2026/a.jpg')
    expect(await device.shown('2026-11-26')).toEqual(['a.jpg', 'year text.png'])
    expect(await device.shown('2026-11-25')).toEqual([])
  })

  test('a settings file that cannot be read changes nothing and is named', async () => {
    const remote = memoryRemote({ files: { 'forcedPrefs.json': '<html>', ...photos } })
    const { odd, failed } = await (await hall(remote)).update()
    expect(odd).toEqual(['forcedPrefs.json'])
    expect(failed).toEqual([])
  })

  test('another device whose file was damaged keeps its last known word', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
    await vo.publish()
    const device = await hall(remote)
    await device.update()
    remote.seed({ '_sync/devices/tablet.json': '{ "acts": [' })
    const { odd } = await device.update()
    expect(odd).toEqual(['_sync/devices/tablet.json'])
    const journals = await device.store.document('congregation', 'journals')
    expect(journals?.['tablet']?.file.acts).toHaveLength(1)
  })
})

describe('nothing is deleted on a doubt', () => {
  const troubles: readonly Failure[] = [
    { kind: 'server', status: 500 },
    { kind: 'bad-answer', path: day },
    { kind: 'not-found', path: day },
    { kind: 'forbidden' },
    { kind: 'locked', path: day },
  ]

  test.each(troubles)(
    'a day folder that answers $kind keeps what was known of it',
    async (failure) => {
      const remote = withBrokenFolder(memoryRemote({ files: photos }))
      const device = await hall(remote)
      await device.update()
      remote.broken.set(day, failure)
      const receipt = await device.update()
      expect(receipt).toMatchObject({ removed: 0, unchanged: 2 })
      expect(await device.shown(wednesday)).toEqual(['a.jpg', 'b.jpg'])
    },
  )

  test.each(troubles)(
    'so does a Media folder that answers $kind, with all its days',
    async (failure) => {
      const remote = withBrokenFolder(memoryRemote({ files: photos }))
      const device = await hall(remote)
      await device.update()
      remote.broken.set('Media', failure)
      expect(await device.update()).toMatchObject({ removed: 0, unchanged: 2 })
    },
  )

  test('a Media folder that is suddenly gone needs a word, however little was in it', async () => {
    const remote = memoryRemote({ files: { ...photos, 'Hidden/2026-11-25/x': '' } })
    const device = await hall(remote)
    await device.update()
    remote.drop('Media')
    const receipt = await device.update()
    expect(receipt.doubtful).toEqual({ vanished: 2, present: 2 })
    expect(await device.shown(wednesday)).toEqual(['a.jpg', 'b.jpg'])
  })

  test('a sync folder that is gone is a failure, not an empty one', async () => {
    const remote = withBrokenFolder(memoryRemote({ files: photos }))
    const device = await hall(remote)
    await device.update()
    remote.broken.set('', { kind: 'not-found', path: '' })
    const receipt = await device.update()
    expect(receipt).toMatchObject({ isFresh: false, removed: 0, failure: { kind: 'not-found' } })
  })
})

describe('after a wrong password', () => {
  test('nothing more is asked, and the stored media are exported', async () => {
    const memory = memoryRemote({ files: photos })
    const remote = withBrokenFolder(memory)
    const device = await hall(remote)
    await device.update()
    device.folder.drop(`${wednesday}/a.jpg`)
    remote.broken.set('', { kind: 'unauthorized' })
    memory.calls.length = 0
    const receipt = await device.update()
    expect(memory.calls).toEqual([])
    expect(receipt).toMatchObject({ isFresh: false, new: 1, failure: { kind: 'unauthorized' } })
  })
})
