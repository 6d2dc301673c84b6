import { describe, expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import { openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const day = `Media/${wednesday}`
const photos = {
  [`${day}/a.jpg`]: 'a',
  [`${day}/b.jpg`]: 'b',
  'Media/Recurring/year text.png': 'text',
  [`Hidden/${wednesday}/song.mp4`]: 'hide',
  '_sync/devices/other.json':
    '{ "version": 1, "device": "other", "name": "", "acts": [], "notes": [] }',
  'Media/2026-11-18/past.jpg': 'past',
  '_sync/tmp/upload': 'on its way',
  '_sync/trash/old': 'gone',
}

const hourMs = 3_600_000

function hall(remote: MemoryRemote) {
  return openDevice({ id: 'hall', today, remote })
}

/** A device whose server was proven to tell the truth, or to lie. */
async function settledHall(remote: MemoryRemote) {
  const device = await hall(remote)
  await device.update()
  remote.calls.length = 0
  return device
}

function asked(remote: MemoryRemote): string[] {
  return remote.calls.map(({ method, path }) => `${method} ${path}`)
}

function proof(device: DeviceDouble) {
  return device.store.document('congregation', 'deepListing')
}

async function listedPaths(device: DeviceDouble): Promise<string[]> {
  const listing = await device.store.document('congregation', 'listing')
  return (listing?.entries ?? []).map(({ path }) => path).sort()
}

describe('an update with nothing new', () => {
  test('is one request where one was proven to tell all', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    expect(await device.update()).toMatchObject({ isExact: true, new: 0, removed: 0 })
    expect(asked(remote)).toEqual(['listDeep '])
  })

  test.each(['refused', 'lying'] as const)(
    'is four requests and one for each day folder where one request is %s',
    async (deep) => {
      const remote = memoryRemote({ files: photos, deep })
      const device = await settledHall(remote)
      expect(await device.update()).toMatchObject({ isExact: true, new: 0, removed: 0 })
      expect(asked(remote).sort()).toEqual([
        'list ',
        'list Hidden',
        `list Hidden/${wednesday}`,
        'list Media',
        `list ${day}`,
        'list Media/Recurring',
        'list _sync/devices',
      ])
    },
  )

  test('costs the proof again a day later, and only then', async () => {
    const remote = memoryRemote({ files: photos, deep: 'refused' })
    const device = await settledHall(remote)
    await device.clock.wait(23 * hourMs)
    await device.update()
    expect(asked(remote)).not.toContain('listDeep ')
    await device.clock.wait(hourMs)
    await device.update()
    expect(asked(remote)).toContain('listDeep ')
  })
})

describe('the proof', () => {
  test('needs a file two levels down, where lies begin', async () => {
    const remote = memoryRemote({ files: { 'Media/loose.jpg': 'x' }, deep: 'true' })
    await (await hall(remote)).update()
    expect(asked(remote)).not.toContain('listDeep ')
  })

  test('is not asked for where a whole account would be listed', async () => {
    const remote = memoryRemote({ files: { ...photos, 'Holidays/2026/me.jpg': 'x' }, deep: 'true' })
    await (await hall(remote)).update()
    expect(asked(remote)).not.toContain('listDeep ')
  })

  test('ends when such a folder turns up', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    remote.seed({ 'Holidays/2026/me.jpg': 'x' })
    await device.update()
    expect(await proof(device)).toMatchObject({ isTrue: false })
  })

  test('is neither yes nor no when somebody writes or deletes in between', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    remote.beforeNext('listDeep', () => {
      remote.drop(`${day}/b.jpg`)
    })
    remote.beforeNext('listDeep', () => {
      remote.seed({ [`${day}/a.jpg`]: 'A' })
    })
    const device = await hall(remote)
    await device.update()
    expect(await proof(device)).toBeUndefined()
    await device.update()
    expect(await proof(device)).toBeUndefined()
    await device.update()
    expect(await proof(device)).toMatchObject({ isTrue: true })
  })

  test('is lost by a server that takes longer for one answer than for a walk', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await hall(remote)
    const listDeep = remote.listDeep.bind(remote)
    remote.listDeep = async (folder, options) => {
      await device.clock.wait(1_000)
      return listDeep(folder, options)
    }
    await device.update()
    expect(await proof(device)).toMatchObject({ isTrue: false })
  })

  test.each<Failure>([
    { kind: 'unreachable' },
    { kind: 'bad-answer', path: '' },
    { kind: 'server', status: 400 },
    { kind: 'unauthorized' },
  ])('that fails with $kind never fails the update', async (failure) => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    remote.listDeep = () => Promise.reject(new Failed(failure))
    const device = await hall(remote)
    await device.store.putDocument('congregation', 'access', {
      canWrite: false,
      at: device.clock.now(),
    })
    await device.update()
    expect(await listedPaths(device)).toContain(`${day}/a.jpg`)
    expect((await proof(device))?.isTrue).not.toBe(true)
  })

  test('is void under a clock that was set back', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    device.clock.set('2026-11-20')
    await device.update()
    expect(asked(remote)).toContain('list ')
  })
})

describe('one request for all', () => {
  test('shows what a walk shows, and nothing of past days, uploads, the trash', async () => {
    const deep = await settledHall(memoryRemote({ files: photos, deep: 'true' }))
    const walking = await settledHall(memoryRemote({ files: photos, deep: 'refused' }))
    await deep.update()
    await walking.update()
    expect(await listedPaths(deep)).toEqual(await listedPaths(walking))
    expect(await listedPaths(deep)).not.toContain('Media/2026-11-18/past.jpg')
  })

  test('brings what is new', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    remote.seed({ 'Media/2026-11-28/talk.jpg': 'talk' })
    expect(await device.update()).toMatchObject({ new: 1, isExact: true })
    expect(asked(remote)).toEqual(['listDeep ', 'read Media/2026-11-28/talk.jpg'])
  })

  test('takes nothing away: what seems gone is looked for, and gone if the walk agrees', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    remote.drop(`${day}/b.jpg`)
    expect(await device.update()).toMatchObject({ removed: 1, isExact: true })
    expect(asked(remote)).toContain(`list ${day}`)
    expect(await proof(device)).toMatchObject({ isTrue: true })
  })

  test.each([
    [`${day}/b.jpg`, 'a file'],
    [`Hidden/${wednesday}/song.mp4`, 'a marker'],
    ['_sync/devices/other.json', 'a device’s file'],
  ])('that leaves out %s, %s, is not believed any more', async (path) => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    const listDeep = remote.listDeep.bind(remote)
    remote.listDeep = async (folder, options) =>
      (await listDeep(folder, options))?.filter((entry) => entry.path !== path)
    expect(await device.update()).toMatchObject({ removed: 0, isExact: true })
    expect(await listedPaths(device)).toContain(path)
    expect(await proof(device)).toMatchObject({ isTrue: false })
  })

  test('that is refused, fails or is cut at a thousand becomes a walk in the same look', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    const listDeep = remote.listDeep.bind(remote)
    const many = Array.from({ length: 1_000 }, (_, index) => `Media/${wednesday}/${index}.jpg`)
    for (const answer of [
      () => Promise.resolve(undefined),
      () => Promise.reject(new Failed({ kind: 'server', status: 400 })),
      () => Promise.resolve(many.map((path) => ({ path, kind: 'file' as const, size: 1 }))),
    ]) {
      remote.listDeep = listDeep
      await device.clock.wait(25 * hourMs)
      await device.update()
      expect(await proof(device)).toMatchObject({ isTrue: true })
      remote.listDeep = answer
      expect(await device.update()).toMatchObject({ isFresh: true, removed: 0, isExact: true })
    }
  })

  test('during which the line is lost is a failed look, and the next one walks', async () => {
    const remote = memoryRemote({ files: photos, deep: 'true' })
    const device = await settledHall(remote)
    remote.failNext('listDeep', { kind: 'unreachable' })
    expect(await device.update()).toMatchObject({ isFresh: false, removed: 0 })
    remote.calls.length = 0
    expect(await device.update()).toMatchObject({ isFresh: true, isExact: true })
    expect(asked(remote)).toContain('list ')
    expect(await proof(device)).toMatchObject({ isTrue: true })
  })

  test.each(['in all', 'in one folder'])(
    'that stops at a thousand entries %s hides nothing that is new',
    async (where) => {
      const remote = memoryRemote({ files: photos, deep: 'true' })
      const device = await settledHall(remote)
      const listDeep = remote.listDeep.bind(remote)
      const saturday = 'Media/2026-11-28'
      const isNew = ({ path }: { path: string }) => path.startsWith(`${saturday}/`)
      remote.listDeep = async (folder, options) => {
        const all = (await listDeep(folder, options)) ?? []
        const old = all.filter((entry) => !isNew(entry))
        return [
          ...old,
          ...all.filter(isNew).slice(0, 1_000 - (where === 'in all' ? old.length : 0)),
        ]
      }
      remote.seed(
        Object.fromEntries(Array.from({ length: 1_010 }, (_, i) => [`${saturday}/${i}.jpg`, 'x'])),
      )
      expect(await device.update()).toMatchObject({ new: 1_010, isExact: true })
    },
  )
})
