import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryCatalogue, type DeviceDouble } from '../doubles/congregation.ts'
import type { M3Client } from '../doubles/m3-client.ts'
import { saturday, sharedFolder, startServer, wednesday } from './shared-folder.ts'

const song = { id: 'song-44', day: wednesday, name: '01-01-01 - Song 44 - A Prayer.mp4' } as const
const reading = { id: 'reading', day: saturday, name: '03-01 - The Reading.jpg' } as const

let server: Awaited<ReturnType<typeof startServer>>
beforeAll(async () => {
  server = await startServer('embedded')
})
afterAll(() => server.close())

const day = fc.constantFrom(wednesday, saturday)
const name = fc.constantFrom('a.jpg', 'b.jpg', 'c.mp4')
const text = fc.constantFrom('one', 'other', 'a third one')
const deed = fc.oneof(
  fc.record({ do: fc.constant('upload' as const), day, name, text }),
  fc.record({ do: fc.constant('remove' as const), day, name }),
  fc.record({ do: fc.constant('rename' as const), day, name, to: name }),
  fc.record({ do: fc.constant('hide' as const), item: fc.constantFrom(song, reading) }),
  fc.record({ do: fc.constant('show' as const), item: fc.constantFrom(song, reading) }),
  fc.record({ do: fc.constant('look' as const) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never
const who = fc.constantFrom('m3' as const, 'lectern' as const)
const story = fc.array(fc.tuple(who, deed), { minLength: 3, maxLength: 14 })

async function byM3(m3: M3Client, what: Deed): Promise<void> {
  if (what.do === 'look') await m3.connect()
  if (what.do === 'upload') await m3.upload(what.day, what.name, what.text)
  if (what.do === 'remove') await m3.remove(what.day, what.name)
  if (what.do === 'rename') await m3.rename(what.day, what.name, what.to)
  if (what.do === 'hide') await m3.hide(what.item.day, what.item.name)
  if (what.do === 'show') await m3.show(what.item.day, what.item.name)
}

async function byLectern(vo: DeviceDouble, what: Deed): Promise<void> {
  if (what.do === 'look') await vo.update()
  if (what.do === 'upload') await vo.add(what.day, what.name, what.text)
  if (what.do === 'hide' || what.do === 'show') await hideOrShow(vo, what)
  if (what.do === 'remove' || what.do === 'rename') await changeFile(vo, what)
}

async function itemsOf(vo: DeviceDouble, on: string) {
  return (await vo.days()).find((one) => one.day === on)?.items ?? []
}

async function hideOrShow(vo: DeviceDouble, what: Extract<Deed, { do: 'hide' | 'show' }>) {
  const { id, day: on, name: called } = what.item
  const item = (await itemsOf(vo, on)).find((one) => one.id === id)
  if (!item || item.hiddenBy.length > 0 !== (what.do === 'show')) return
  const about = { day: on, item: id, name: called }
  if (what.do === 'hide') await vo.act({ do: 'hide', ...about })
  else await vo.act({ do: 'show', ...about, markers: item.hiddenBy })
}

async function changeFile(vo: DeviceDouble, what: Extract<Deed, { do: 'remove' | 'rename' }>) {
  const item = (await itemsOf(vo, what.day)).find((one) => one.name === what.name)
  if (!item) return
  const { name: called, size, key } = item
  const about = { place: what.day, name: called, size, ...(key && { key }) }
  if (what.do === 'remove') await vo.act({ do: 'remove', ...about })
  else if (what.to !== called) await vo.act({ do: 'rename', ...about, to: what.to })
}

test('however M³ and Lectern take turns, in the end all see the same files and hides', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (turns) => {
      const shared = await sharedFolder(server)
      const catalogue = memoryCatalogue([song, reading])
      const vo = await shared.lectern('tablet', { catalogue })
      const hall = await shared.lectern('hall', { catalogue })
      const m3 = shared.m3()
      await Promise.all([m3.connect(), vo.update()])
      for (const [one, what] of turns) await (one === 'm3' ? byM3(m3, what) : byLectern(vo, what))

      await vo.update()
      const receipt = await hall.update()
      await m3.connect()

      expect(await vo.outbox()).toEqual([])
      for (const item of [song, reading]) {
        const atM3 = m3.shown(item.day, [item.name])
        expect((await vo.shown(item.day)).toSorted()).toEqual(atM3)
        expect((await hall.shown(item.day)).toSorted()).toEqual(atM3)
      }
      expect(receipt.failed).toEqual([])
    }),
    { numRuns: 20 },
  )
}, 120_000)
