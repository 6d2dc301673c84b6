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

describe('a folder of exactly a thousand files, where some servers stop without a word,', () => {
  const photo = (index: number) => `${day}/${String(index).padStart(4, '0')}.jpg`
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [photo(index), 'x']))

  test('brings what is new, loses nothing that was known, and is named', async () => {
    const remote = memoryRemote({ files: many(1_002) })
    const device = await hall(remote)
    await device.update()
    const list = remote.list.bind(remote)
    remote.list = async (folder, options) => {
      const entries = await list(folder, options)
      return folder === day ? entries.slice(-1_000) : entries
    }
    remote.drop(photo(1))
    remote.seed({ [photo(500)]: 'changed', [photo(2_000)]: 'new' })
    const receipt = await device.update()
    expect(receipt).toMatchObject({ new: 1, replaced: 1, removed: 0, isExact: false })
    expect(receipt.failed).toMatchObject([{ name: day, failure: { kind: 'bad-answer' } }])
    const tree = await device.folder.tree()
    expect(tree[`${wednesday}/0000.jpg`]).toBe('x')
    expect(tree[`${wednesday}/0500.jpg`]).toBe('changed')

    remote.list = list
    expect(await device.update()).toMatchObject({ removed: 1, failed: [], isExact: true })
  })

  test('does not keep what is gone from the day folders that were read to their end', async () => {
    const remote = memoryRemote({ files: photos })
    const device = await hall(remote)
    await device.update()
    const list = remote.list.bind(remote)
    remote.list = async (folder, options) => {
      const entries = await list(folder, options)
      const odd = Array.from({ length: 1_000 - entries.length }, (_, index) => ({
        path: `Media/${index}.txt`,
        kind: 'file' as const,
        size: 1,
      }))
      return folder === 'Media' ? [...entries, ...odd] : entries
    }
    remote.drop(`${day}/b.jpg`)
    await device.update()
    expect(await device.shown(wednesday)).toEqual(['a.jpg'])
  })
})

describe('an empty listing where there were fifty files', () => {
  const names = Array.from({ length: 50 }, (_, index) => `${day}/${index}.jpg`)
  const settings = { app: {}, meeting: { mwDay: 3, weDay: 6 } }
  const files = {
    ...Object.fromEntries(names.map((name) => [name, name])),
    [`Hidden/${wednesday}/0.jpg`]: 'hide',
    'forcedPrefs.json': JSON.stringify(settings),
  }

  async function emptied() {
    const remote = memoryRemote({ files })
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
    await vo.publish()
    const device = await hall(remote)
    await device.update()
    const list = remote.list.bind(remote)
    remote.list = () => Promise.resolve([])
    return { device, heal: () => (remote.list = list) }
  }

  test('takes nothing away: no file, no marker, no word of another device, no setting', async () => {
    const { device, heal } = await emptied()
    const before = await device.folder.tree()
    for (const receipt of [await device.update(), await device.update()]) {
      expect(receipt).toMatchObject({ removed: 0, isExact: false })
      expect(receipt.doubtful?.vanished).toBeGreaterThanOrEqual(50)
    }
    expect(await device.folder.tree()).toEqual(before)
    const journals = await device.store.document('congregation', 'journals')
    expect(journals?.['tablet']?.file.acts).toHaveLength(1)
    const forced = await device.store.document('congregation', 'forced')
    expect(forced?.forced.meetings).toEqual({ midweek: 3, weekend: 6 })
    heal()
    expect(await device.update()).toMatchObject({ removed: 0, failed: [], isExact: true })
  })

  test('is believed on the user’s word', async () => {
    const { device } = await emptied()
    await device.update()
    await device.update({ acceptVanished: true })
    expect(await device.shown(wednesday)).toEqual([])
  })
})

test('markers that vanish with their whole folder hide on until somebody confirms it', async () => {
  const remote = memoryRemote({ files: { ...photos, [`Hidden/${wednesday}/a.jpg`]: 'hide' } })
  const device = await hall(remote)
  await device.update()
  remote.drop('Hidden')
  expect((await device.update()).doubtful).toEqual({ vanished: 1, present: 3 })
  expect(await device.shown(wednesday)).toEqual(['b.jpg'])
  await device.update({ acceptVanished: true })
  expect(await device.shown(wednesday)).toEqual(['a.jpg', 'b.jpg'])
})

test('a folder that cannot be read is named, and the others go on', async () => {
  const remote = withBrokenFolder(
    memoryRemote({ files: { ...photos, 'Media/2026-11-28/c.jpg': 'c' } }),
  )
  remote.broken.set(day, { kind: 'forbidden' })
  const receipt = await (await hall(remote)).update()
  expect(receipt).toMatchObject({
    new: 1,
    isExact: false,
    failed: [{ name: day, failure: { kind: 'forbidden' } }],
  })
})

test('a folder that is busy for a moment is asked again', async () => {
  const remote = memoryRemote({ files: photos })
  const device = await hall(remote)
  remote.beforeNext('list', () => {
    remote.failNext('list', { kind: 'server', status: 503 })
    remote.failNext('list', { kind: 'too-many-requests', retryAfterMs: 5_000 })
  })
  expect(await device.update()).toMatchObject({ new: 2, failed: [], isExact: true })
})

describe('a document of another device', () => {
  const empty = { version: 1, device: 'tablet', name: '', acts: [], notes: [] }
  const path = '_sync/devices/tablet.json'

  test('that is larger than any can be is not even fetched, and named', async () => {
    const huge = new Blob([new Uint8Array(4 * 1024 * 1024 + 1)])
    const remote = memoryRemote({ files: { ...photos, [path]: huge } })
    const { odd, isFresh } = await (await hall(remote)).update()
    expect({ odd, isFresh }).toEqual({ odd: [path], isFresh: true })
    expect(remote.calls.filter((call) => call.path === path)).toEqual([])
  })

  test('that grows beyond all measure while it is read is dropped, and named', async () => {
    const remote = memoryRemote({ files: { ...photos, [path]: JSON.stringify(empty) } })
    const read = remote.read.bind(remote)
    remote.read = async (asked, options) =>
      asked === path
        ? { blob: new Blob([new Uint8Array(4 * 1024 * 1024 + 1)]), isPartial: false }
        : read(asked, options)
    expect((await (await hall(remote)).update()).odd).toEqual([path])
  })

  test('that was written twice within a second of a server without ETags is read to its last word', async () => {
    const serverNow = Date.UTC(2026, 10, 21, 3)
    const remote = memoryRemote({ hasEtags: false, now: () => serverNow })
    const device = await openDevice({ id: 'hall', today, remote: remote.reader })
    remote.seed({ [path]: JSON.stringify({ ...empty, name: 'one' }) })
    await device.update()
    remote.seed({ [path]: JSON.stringify({ ...empty, name: 'two' }) })
    await device.clock.wait(2_000)
    await device.update()
    const journals = await device.store.document('congregation', 'journals')
    expect(journals?.['tablet']?.file.name).toBe('two')
    remote.calls.length = 0
    await device.clock.wait(60_000)
    await device.update()
    expect(remote.calls.filter(({ method }) => method === 'read')).toEqual([])
  })
})

test.each(['2009-01-01', '2026-11-20', '2031-06-01'] as const)(
  'a server whose clock says %s gives the same as any other',
  async (serverDay) => {
    const remote = memoryRemote({
      files: photos,
      hasEtags: false,
      startsAt: Date.parse(serverDay),
    })
    const device = await hall(remote)
    expect(await device.update()).toMatchObject({ new: 2, isExact: true })
    remote.seed({ [`${day}/a.jpg`]: 'A' })
    await device.clock.wait(2_000)
    expect(await device.update()).toMatchObject({ replaced: 1, isExact: true })
    expect(await device.folder.tree()).toEqual({
      [`${wednesday}/a.jpg`]: 'A',
      [`${wednesday}/b.jpg`]: 'b',
    })
  },
)

test.each([
  ['a month behind', -30 * 86_400_000],
  ['a year ahead', 365 * 86_400_000],
])('while the server is %s of this device, nothing leaves the media folder', async (_, aheadMs) => {
  const remote = memoryRemote({ files: photos })
  const device = await hall(remote)
  await device.update()
  remote.drop(`${day}/a.jpg`)
  remote.serverTime = () => device.clock.now() + aheadMs
  const receipt = await device.update()
  expect(receipt).toMatchObject({ removed: 0, isExact: false, failure: { kind: 'clock' } })
  expect(Object.keys(await device.folder.tree())).toContain(`${wednesday}/a.jpg`)
  remote.serverTime = () => device.clock.now() - 5 * 3_600_000
  expect(await device.update()).toMatchObject({ removed: 1, isExact: true })
})

test('click after click asks no more than the one before', async () => {
  const own = JSON.stringify({ version: 1, device: 'tablet', name: '', acts: [], notes: [] })
  const remote = memoryRemote({ files: { ...photos, '_sync/devices/tablet.json': own } })
  const device = await hall(remote)
  await device.update()
  const counts: number[] = []
  for (let click = 1; click <= 4; click += 1) {
    remote.calls.length = 0
    await device.update()
    counts.push(remote.calls.length)
  }
  // The top, `Media`, the devices' files, the day.
  expect(counts).toEqual([4, 4, 4, 4])
})
