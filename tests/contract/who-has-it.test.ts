import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import type { Day } from '../../src/domain/day.ts'
import { windowOf } from '../../src/domain/meeting.ts'
import { loadFacts } from '../../src/sync/facts.ts'
import type { Remote } from '../../src/sync/ports.ts'
import { whoHasIt, type Holder } from '../../src/sync/who-has-it.ts'
import { memoryCatalogue, openDevice, type DeviceDouble } from '../doubles/congregation.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'

const today: Day = '2026-11-21'
const wednesday: Day = '2026-11-25'
const saturday: Day = '2026-11-28'
const profile = 'congregation'
const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const
const dayMs = 86_400_000

/** What a device knows of the others. */
async function seenBy({ store, clock }: DeviceDouble): Promise<readonly Holder[]> {
  const facts = await loadFacts(store, profile)
  const programme = (await store.document(profile, 'catalogue')) ?? {}
  const window = windowOf(clock.today(), facts.settings.weeks)
  return whoHasIt(store, { profile, facts, programme, window, now: clock.now() })
}

/** What the one other device has of a day. */
async function hallAt(day: Day, vo: DeviceDouble) {
  const [holder, ...others] = await seenBy(vo)
  expect(others).toEqual([])
  return holder?.days.find((one) => one.day === day)?.has
}

type Folder = { readonly remote: Remote; readonly reader: Remote }

const bodies = {
  'in memory': async () => {
    const remote = memoryRemote()
    return { folder: { remote, reader: remote.reader }, close: () => Promise.resolve() }
  },
  'on the embedded server': async () => {
    const account = { user: 'hall', password: 'läsare' }
    const server = await startEmbedded({ readers: [account] })
    return { folder: folderOn(server, account), close: () => server.close() }
  },
} as const

function folderOn(server: Embedded, account: { user: string; password: string }): Folder {
  const line = ({ user, password }: typeof account) =>
    webdavRemote({ connection: { origin: server.url, user, folder: '/dav/' }, password })
  return { remote: line(server), reader: line(account) }
}

describe.each(Object.entries(bodies))('who has it, %s', (_, open) => {
  let folder: Folder
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await open()
    folder = opened.folder
    close = opened.close
  })
  afterAll(() => close())

  let count = 0
  /** A tablet and a PC in the hall, each new to the folder, with a song and a picture on Wednesday. */
  async function congregation(remote: Remote = folder.remote) {
    count += 1
    const catalogue = memoryCatalogue([song])
    const vo = await openDevice({ id: `tablet${count}`, today, remote: folder.remote, catalogue })
    const hall = await openDevice({ id: `hall${count}`, today, remote, catalogue })
    await hall.store.renameDevice('Hall PC')
    for (const { path } of await folder.remote.list('')) await folder.remote.remove(path)
    for (const one of [vo, hall]) await one.look()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.look()
    return { vo, hall }
  }

  test('the VO sees that the hall has all, and which words stand on its screen', async () => {
    const { vo, hall } = await congregation()
    expect(await seenBy(vo)).toEqual([])
    const receipt = await hall.update()
    await vo.look()
    expect(await seenBy(vo)).toMatchObject([
      {
        name: 'Hall PC',
        at: receipt.at,
        in: 'folder',
        words: receipt.fingerprint,
        isExact: receipt.isExact,
        hasSameWords: true,
        isSetDifferently: false,
      },
    ])
    expect(await hallAt(wednesday, vo)).toEqual({ of: 'whole' })
  })

  test('what the VO adds, hides and deletes after that is what the hall lacks, or has too many', async () => {
    const { vo, hall } = await congregation()
    await vo.add(wednesday, 'old.jpg', 'an old picture')
    await vo.look()
    await hall.update()
    await vo.look()
    await vo.add(wednesday, 'another.jpg', 'another picture')
    const { id, name } = await vo.item(wednesday, song.name)
    await vo.act({ do: 'hide', day: wednesday, item: id, name })
    const { size, key } = await vo.item(wednesday, 'old.jpg')
    const about = { place: wednesday, name: 'old.jpg', size } as const
    await vo.act({ do: 'remove', ...about, ...(key && { key }) })
    // On the VO's own screen at once, sent or not.
    const part = {
      of: 'part',
      lacks: [{ name: 'another.jpg' }],
      tooMany: { count: 2, names: [song.name] },
    }
    expect(await hallAt(wednesday, vo)).toMatchObject(part)
    await vo.look()
    expect(await hallAt(wednesday, vo)).toMatchObject(part)
    expect(await hallAt(saturday, vo)).toEqual({ of: 'whole' })
    await hall.update()
    await vo.look()
    expect(await hallAt(wednesday, vo)).toEqual({ of: 'whole' })
  })

  test('a file that another tool put there is no other because the tablet never fetched it', async () => {
    const { vo, hall } = await congregation()
    await folder.remote.write(`Media/${wednesday}/by hand.jpg`, new Blob(['by hand']))
    await hall.update()
    await vo.look()
    expect(await vo.shown(wednesday)).toContain('by hand.jpg')
    expect(await hallAt(wednesday, vo)).toEqual({ of: 'whole' })
  })

  test('a hall whose account may only read tells nothing', async () => {
    const { vo, hall } = await congregation(folder.reader)
    expect(await hall.update()).toMatchObject({ isExported: true, failed: [] })
    await vo.look()
    expect(await seenBy(vo)).toEqual([])
  })

  test('a device that is set to another language is not compared in what JW.org publishes', async () => {
    const { vo } = await congregation()
    const media = {
      ...(await loadFacts(vo.store, profile)).settings.media,
      language: 'F',
    } as const
    const options = { id: `other${count}`, today, remote: folder.remote, settings: { media } }
    const other = await openDevice({ ...options, catalogue: memoryCatalogue([]) })
    await other.look()
    await other.update()
    await vo.look()
    expect(await seenBy(vo)).toMatchObject([{ isSetDifferently: true }])
    expect(await hallAt(wednesday, vo)).toEqual({ of: 'whole' })
  })

  test('what was told 30 days ago is of no interest any more', async () => {
    const { vo, hall } = await congregation()
    await hall.update()
    await vo.look()
    await vo.clock.wait(30 * dayMs - 1)
    expect(await seenBy(vo)).toHaveLength(1)
    await vo.clock.wait(1)
    expect(await seenBy(vo)).toEqual([])
  })

  test('devices that update in turns and find nothing new write nothing', async () => {
    const { vo, hall } = await congregation()
    await hall.update()
    await vo.update()
    await hall.update()
    await vo.update()
    const before = await folder.remote.list('_sync/devices')
    await vo.update()
    await hall.update()
    expect(await folder.remote.list('_sync/devices')).toEqual(before)
  })
})
