import { describe, expect, test } from 'vitest'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const dayMs = 86_400_000
const removal = { do: 'remove', place: wednesday, name: 'old.jpg', size: 3 } as const

/** A sync folder whose files are so many days old when the VO's tablet writes to it. */
function folder({ files, days }: { files: Record<string, string>; days: number }) {
  const remote = memoryRemote({ files, startsAt: Date.UTC(2026, 10, 21) - days * dayMs })
  let later = 0
  const list = remote.list.bind(remote)
  const stat = remote.stat.bind(remote)
  const ours = /^_sync\/devices\/tablet\.json$/
  // What the tablet writes is new by the server's clock.
  const dated = <T extends { path: string; modified?: number }>(entry: T): T =>
    ours.test(entry.path) ? { ...entry, modified: Date.UTC(2026, 10, 21) + (later += 1) } : entry
  remote.list = async (...args) => (await list(...args)).map(dated)
  remote.stat = async (...args) => {
    const entry = await stat(...args)
    return entry && dated(entry)
  }
  return remote
}

async function leftAfterSending(remote: ReturnType<typeof memoryRemote>, clock = today) {
  const vo = await openDevice({ id: 'tablet', today: clock as typeof today, remote })
  await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
  await vo.publish()
  expect(await vo.outbox()).toEqual([])
  const paths = Object.keys(await remote.tree())
  return paths.filter((path) => /^_sync\/(?:tmp|trash)\//.test(path))
}

describe('what nobody needs any more', () => {
  const broken = { '_sync/tmp/broken-upload': 'hal' }

  test('goes: an upload that broke off two days ago', async () => {
    expect(await leftAfterSending(folder({ files: broken, days: 2 }))).toEqual([])
  })

  test('stays while it may be under way: an upload of today', async () => {
    expect(await leftAfterSending(folder({ files: broken, days: 0 }))).toEqual(Object.keys(broken))
  })

  test.each(['2009-01-01', '2041-01-01'])(
    'is told by the clock of the server: the tablet believes it is %s',
    async (clock) => {
      expect(await leftAfterSending(folder({ files: broken, days: 0 }), clock)).toHaveLength(1)
      expect(await leftAfterSending(folder({ files: broken, days: 2 }), clock)).toEqual([])
    },
  )

  test('goes: a file of which no journal speaks after 90 days', async () => {
    const files = { '_sync/trash/forgotten': 'old' }
    expect(await leftAfterSending(folder({ files, days: 89 }))).toHaveLength(1)
    expect(await leftAfterSending(folder({ files, days: 91 }))).toEqual([])
  })

  test('stays: a file that was removed today, however old it is', async () => {
    const remote = folder({ files: { 'Media/2026-11-25/old.jpg': 'old' }, days: 400 })
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.act(removal)
    await vo.publish()
    expect(Object.values(await remote.tree())).toContain('old')
  })

  test('goes: a file that was removed 31 days ago', async () => {
    const remote = folder({ files: { 'Media/2026-11-25/old.jpg': 'old' }, days: 40 })
    const other = await openDevice({ id: 'laptop', today: '2026-10-21', remote })
    await other.act(removal)
    await other.publish()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.look()
    expect(Object.values(await remote.tree())).not.toContain('old')
  })
})

test("this device's own upload that waits is never swept away", async () => {
  const remote = folder({ files: {}, days: 2 })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'film.mp4', 'a film')
  await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
  const [film] = await vo.outbox()
  remote.failNext('move', { kind: 'server', status: 418 })
  await vo.publish()
  expect(Object.keys(await remote.tree())).toContain(`_sync/tmp/${film?.stamped.id ?? ''}`)
})

test('a sweep that fails is nobody’s trouble', async () => {
  const remote = folder({ files: { '_sync/tmp/broken-upload': 'hal' }, days: 2 })
  remote.failNext('remove', { kind: 'server', status: 418 })
  expect(await leftAfterSending(remote)).toHaveLength(1)
})

test('a trash that was never made is not asked for: to some browsers its 404 looks like a lost network', async () => {
  const remote = folder({ files: {}, days: 2 })
  await leftAfterSending(remote)
  expect(remote.calls.map(({ path }) => path)).not.toContain('_sync/trash')
})

test('sweeping is for once a day', async () => {
  const remote = folder({ files: { '_sync/trash/forgotten': 'old' }, days: 2 })
  const vo = await openDevice({ id: 'tablet', today, remote })
  const sweeps = async () => {
    remote.calls.length = 0
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: `${vo.clock.newId()}.mp4` })
    await vo.publish()
    return remote.calls.filter(({ path }) => path === '_sync/trash').length
  }
  expect(await sweeps()).toBe(1)
  expect(await sweeps()).toBe(0)
  await vo.clock.wait(dayMs)
  expect(await sweeps()).toBe(1)
})
