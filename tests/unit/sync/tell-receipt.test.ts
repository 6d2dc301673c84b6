import { describe, expect, test } from 'vitest'
import { parseDeviceFile } from '../../../src/sync/documents.ts'
import { memoryCatalogue, openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const profile = 'congregation'
const hallFile = '_sync/devices/hall.json'
const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const

/** A VO's tablet and a PC in the hall whose account is known to be a writer's. */
async function congregation() {
  const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'text' } })
  const catalogue = memoryCatalogue([song])
  const vo = await openDevice({ id: 'tablet', today, remote, catalogue })
  const hall = await openDevice({ id: 'hall', today, remote, catalogue })
  await hall.look()
  return { remote, vo, hall }
}

async function receiptIn(remote: MemoryRemote) {
  return parseDeviceFile((await remote.tree())[hallFile] ?? '')?.receipt
}

const writes = (remote: MemoryRemote) => remote.calls.filter(({ method }) => method === 'write')

/** An hour and more passes in the hall. */
const later = (hall: DeviceDouble) => hall.clock.wait(3_600_000)

describe('what a device has since its update', () => {
  test('stands in its own file, with the four words of its screen', async () => {
    const { remote, hall } = await congregation()
    const { fingerprint } = await hall.update()
    expect(await receiptIn(remote)).toMatchObject({
      in: 'folder',
      words: fingerprint,
      isExact: true,
      from: today,
      to: '2026-11-29',
      days: { [wednesday]: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    })
  })

  test('is told once, and not again as long as it says the same', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    remote.calls.length = 0
    await hall.update()
    await hall.look()
    expect(writes(remote)).toEqual([])
  })

  test('is told again after an hour, so that the VO sees when it updated', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    const first = await receiptIn(remote)
    await later(hall)
    remote.calls.length = 0
    await hall.update()
    expect(writes(remote)).toHaveLength(1)
    expect(await receiptIn(remote)).toEqual({ ...first, at: '2026-11-21T13:00:00.000Z' })
  })

  test('is told again when it is something else', async () => {
    const { remote, vo, hall } = await congregation()
    await hall.update()
    const first = await receiptIn(remote)
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    const second = await receiptIn(remote)
    expect(second?.days[wednesday]).toHaveLength(24)
    expect(second?.words).not.toBe(first?.words)
  })

  test('is told again once the device has another name', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    await hall.store.renameDevice('PC in the hall')
    await hall.update()
    expect(parseDeviceFile((await remote.tree())[hallFile] ?? '')?.name).toBe('PC in the hall')
    remote.calls.length = 0
    await hall.update()
    expect(writes(remote)).toEqual([])
  })

  test('does not name what could not be written', async () => {
    const { remote, vo, hall } = await congregation()
    await hall.update()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.folder.write(`${wednesday}/visit.jpg`, new Blob(['somebody else’s']))
    await hall.update()
    expect(await receiptIn(remote)).toMatchObject({
      isExact: false,
      days: { [wednesday]: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    })
  })

  test('is told by an account that may only read to nobody, and nothing fails', async () => {
    const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'text' } })
    const hall = await openDevice({ id: 'hall', today, remote: remote.reader })
    await hall.look()
    remote.calls.length = 0
    expect(await hall.update()).toMatchObject({ isExact: true, failed: [] })
    await hall.look()
    expect(writes(remote)).toEqual([])
    expect(await hall.store.document(profile, 'untold')).toBeUndefined()
  })

  test('waits until it is known whether the account may tell it', async () => {
    const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'text' } })
    const hall = await openDevice({ id: 'hall', today, remote })
    await hall.update()
    expect(await receiptIn(remote)).toBeUndefined()
    await hall.look()
    expect(await receiptIn(remote)).toMatchObject({ isExact: true })
  })

  test('is told by the next look after an update without a network', async () => {
    const { remote, hall } = await congregation()
    remote.goOffline()
    expect(await hall.update()).toMatchObject({ isFresh: false })
    remote.goOnline()
    await hall.look()
    expect(await receiptIn(remote)).toMatchObject({ at: '2026-11-21T12:00:00.000Z' })
  })

  test('that could not be told is nobody’s trouble, and told the next time', async () => {
    const { remote, hall } = await congregation()
    remote.failNext('write', { kind: 'remote-full' })
    expect(await hall.update()).toMatchObject({ isExact: true, failed: [] })
    expect(await receiptIn(remote)).toBeUndefined()
    remote.calls.length = 0
    // A full folder is not asked at every look.
    await hall.look()
    expect(writes(remote)).toEqual([])
    await hall.update()
    expect(await receiptIn(remote)).toMatchObject({ isExact: true })
  })

  test('that broke off is told by the next look', async () => {
    const { remote, hall } = await congregation()
    remote.beforeNext('write', () => {
      remote.goOffline()
    })
    expect(await hall.update()).toMatchObject({ isExact: true })
    remote.goOnline()
    expect(await receiptIn(remote)).toBeUndefined()
    await hall.look()
    expect(await receiptIn(remote)).toMatchObject({ isExact: true })
  })

  // Found by random worlds: what was told before counted as told still, and was never told again.
  test('is told again where the device did not keep that it had told something else meanwhile', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    const first = await receiptIn(remote)
    remote.seed({ 'Media/Recurring/other.jpg': 'another' })
    remote.beforeNext('write', () => {
      hall.store.failNextWithQuota()
    })
    await hall.update()
    expect((await receiptIn(remote))?.words).not.toBe(first?.words)
    remote.drop('Media/Recurring/other.jpg')
    await hall.update()
    expect((await receiptIn(remote))?.words).toBe(first?.words)
  })

  test('asks nothing more after a wrong password', async () => {
    const { remote, hall } = await congregation()
    remote.failNext('write', { kind: 'unauthorized', isCertain: true })
    remote.calls.length = 0
    expect(await hall.update()).toMatchObject({ isExact: true })
    expect(remote.calls.at(-1)?.method).toBe('write')
  })

  test('is written again with the file that somebody deleted', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    const first = await receiptIn(remote)
    remote.drop(hallFile)
    await hall.look()
    expect(await receiptIn(remote)).toBeUndefined()
    // A device that has nothing but its receipt to tell has something to say.
    expect((await hall.store.document(profile, 'ownJournal'))?.acts).toEqual([])
    await hall.look()
    expect(await receiptIn(remote)).toEqual(first)
  })

  test('goes along with all else that the device says', async () => {
    const { remote, hall } = await congregation()
    await hall.update()
    const first = await receiptIn(remote)
    await hall.add(wednesday, 'visit.jpg', 'a picture')
    await hall.publish()
    expect(await receiptIn(remote)).toEqual(first)
  })

  test.each([
    { in: 'folder', why: 'the media folder stays', isKept: true },
    { in: 'browser', why: 'what only the browser kept is gone', isKept: false },
  ] as const)(
    'once the congregation was forgotten and joined again: $why',
    async ({ in: where, isKept }) => {
      const { remote, hall } = await congregation()
      await hall.update()
      const text = (await remote.tree())[hallFile] ?? ''
      remote.seed({ [hallFile]: text.replace('"in": "folder"', `"in": "${where}"`) })
      const again = await openDevice({ id: 'hall', today, remote })
      await again.look()
      expect((await receiptIn(remote)) !== undefined).toBe(isKept)
      await again.update()
      expect(await receiptIn(remote)).toMatchObject({ in: 'folder', isExact: true })
    },
  )
})
