import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Failed } from '../../src/domain/failure.ts'
import { placeOf, nameOf, parentOf, type Entry } from '../../src/domain/layout.ts'
import { learnAccess } from '../../src/sync/publish/access.ts'
import type { Remote } from '../../src/sync/ports.ts'
import { openDevice, type DeviceDouble } from '../doubles/congregation.ts'
import { troubledRemote, type Fault } from '../doubles/troubled-remote.ts'
import { canStart, servers } from '../fixtures/servers/all.ts'
import { folderServers } from '../fixtures/servers/names.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'
import { standOn } from './remote-stand.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const folder = 'Media/25-11-2026 - Mittwoch'
const lostAnswer: Fault = { fails: { kind: 'unreachable' }, when: 'after' }

/** A day as another tool left it: one file whose name and size are those of what the VO is about to add. */
async function prepare(remote: Remote): Promise<void> {
  await remote.makeFolder('Media')
  await remote.makeFolder(folder)
  await remote.write(`${folder}/photo.jpg`, new Blob(['A PICTURE']))
  await remote.write(`${folder}/old.jpg`, new Blob(['old']))
}

async function morning(vo: DeviceDouble): Promise<void> {
  await vo.add(wednesday, 'photo.jpg', 'a picture')
  await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'Säng & 1.mp4' })
  await vo.act({ do: 'remove', place: wednesday, name: 'old.jpg', size: 3 })
}

const afterwards = [
  'Hidden 2026-11-25 Säng & 1.mp4 4',
  'Media 2026-11-25 photo (2).jpg 9',
  'Media 2026-11-25 photo.jpg 9',
]

/** All files that people see, and their sizes, whatever the folders are called. */
async function seen(remote: Remote): Promise<string[]> {
  const files: Entry[] = []
  for (const { path: top } of await remote.list('')) {
    if (top === '_sync') continue
    for (const { path } of await remote.list(top)) files.push(...(await remote.list(path)))
  }
  return files
    .map(({ path, size }) => {
      const place = placeOf(parentOf(path)) ?? 'nowhere'
      return `${path.split('/')[0] ?? ''} ${place} ${nameOf(path)} ${size}`
    })
    .sort()
}

describe.each(folderServers)('sending to %s', (name) => {
  describe.skipIf(!canStart(name))('on this machine', () => {
    let server: WebdavServer

    beforeAll(async () => {
      server = await servers[name].start()
    })

    afterAll(() => server.close())

    async function sent(faults: Readonly<Record<number, Fault>>, runs: number) {
      const { remote } = await standOn(server)
      await prepare(remote)
      const line = troubledRemote(remote, { faults })
      const vo = await openDevice({ id: 'tablet', today, remote: line })
      await morning(vo)
      for (let run = 1; run <= runs; run += 1) {
        line.restart()
        await vo.publish().catch(() => undefined)
      }
      return { remote, requests: line.count, outbox: await vo.outbox() }
    }

    test('any answer may be lost: the folder ends as if none had been', async () => {
      const calm = await sent({}, 1)
      expect(await seen(calm.remote)).toEqual(afterwards)
      for (let at = 1; at <= calm.requests; at += 1) {
        const { remote, outbox } = await sent({ [at]: lostAnswer }, at === 1 ? 2 : 1)
        expect(await seen(remote), `request ${String(at)}`).toEqual(afterwards)
        expect(outbox).toEqual([])
      }
    }, 120_000)

    test('the app may be closed at any moment', async () => {
      const { requests } = await sent({}, 1)
      for (let at = 1; at <= requests; at += 1) {
        const { remote, outbox } = await sent({ [at]: { fails: 'crash', when: 'after' } }, 2)
        expect(await seen(remote), `request ${String(at)}`).toEqual(afterwards)
        expect(outbox).toEqual([])
      }
    }, 120_000)

    test('a lost answer to a MOVE is settled without reading the film back', async () => {
      const { remote } = await standOn(server)
      const read: string[] = []
      let isLost = false
      const line: Remote = {
        ...remote,
        read: (path, options) => {
          read.push(path)
          return remote.read(path, options)
        },
        move: async (...args) => {
          await remote.move(...args)
          if (isLost) return
          isLost = true
          throw new Failed({ kind: 'unreachable' })
        },
      }
      const vo = await openDevice({ id: 'tablet', today, remote: line })
      await vo.add(wednesday, 'film.mp4', 'a film')
      await vo.publish()
      expect(await seen(remote)).toEqual(['Media 2026-11-25 film.mp4 6'])
      expect(read).toEqual([])
    })

    test('a folder that was tidied away or renamed meanwhile is no trouble', async () => {
      const { remote } = await standOn(server)
      await prepare(remote)
      const before = async (count: number) => {
        if (count === 12) await remote.remove('_sync/tmp')
        if (count === 14) await remote.move(folder, 'Media/2026-11-25')
      }
      const vo = await openDevice({
        id: 'tablet',
        today,
        remote: troubledRemote(remote, { before }),
      })
      await morning(vo)
      await vo.publish()
      expect(await seen(remote)).toEqual(afterwards)
      expect(await vo.outbox()).toEqual([])
    })

    test('a reader is told from a writer, and leaves nothing behind', async () => {
      const { remote, reader } = await standOn(server)
      const vo = await openDevice({ id: 'tablet', today })
      const { clock, store } = vo
      const asReader = learnAccess({ store, clock, remote: reader }, { profile: 'congregation' })
      expect(await asReader).toMatchObject({ canWrite: false })
      expect(await remote.list('')).toEqual([])
      const asWriter = learnAccess({ store, clock, remote }, { profile: 'congregation' })
      expect(await asWriter).toMatchObject({ canWrite: true })
      expect(await remote.list('_sync/devices')).toMatchObject([
        { path: '_sync/devices/tablet.json' },
      ])
    })
  })
})
