import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryCatalogue, openDevice, type DeviceDouble } from '../doubles/congregation.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { saturday, today, wednesday } from './shared-folder.ts'

const song = { id: 'song-44', day: wednesday, name: '01-01-01 - Song 44 - A Prayer.mp4' } as const
const reading = { id: 'reading', day: wednesday, name: '03-01 - The Reading.jpg' } as const

const day = fc.constantFrom(wednesday, saturday)
const name = fc.constantFrom('a.jpg', 'b.jpg')
const addition = fc.record({
  do: fc.constant('add' as const),
  day,
  name,
  text: fc.constantFrom('one', 'other', 'a third one'),
})
const hiding = fc.record({
  do: fc.constant('hide' as const),
  item: fc.constantFrom(song, reading),
})
const anything = fc.oneof(
  addition,
  hiding,
  fc.record({ do: fc.constant('show' as const), item: fc.constantFrom(song, reading) }),
  fc.record({ do: fc.constant('remove' as const), day, name }),
  fc.record({
    do: fc.constant('rename' as const),
    day,
    name,
    to: fc.constantFrom('a.jpg', 'c.jpg'),
  }),
  fc.record({ do: fc.constant('update' as const) }),
)
type Deed = typeof anything extends fc.Arbitrary<infer T> ? T : never

async function congregation() {
  const remote = memoryRemote()
  const catalogue = memoryCatalogue([song, reading])
  const open = (id: string) => openDevice({ id, today, remote, catalogue })
  const [tablet, phone, hall] = [await open('tablet'), await open('phone'), await open('hall')]
  await tablet.update()
  await phone.update()
  return { remote, tablet, phone, hall }
}

async function carryOut(vo: DeviceDouble, what: Deed): Promise<void> {
  if (what.do === 'update') await vo.update()
  if (what.do === 'add') await vo.add(what.day, what.name, what.text)
  if (what.do === 'hide' || what.do === 'show') await hideOrShow(vo, what)
  if (what.do === 'remove' || what.do === 'rename') await changeFile(vo, what)
}

async function hideOrShow(vo: DeviceDouble, what: Extract<Deed, { do: 'hide' | 'show' }>) {
  const { id, day: on, name: called } = what.item
  const { hiddenBy } = await vo.item(on, called)
  if (hiddenBy.length > 0 !== (what.do === 'show')) return
  const about = { day: on, item: id, name: called }
  if (what.do === 'hide') await vo.act({ do: 'hide', ...about })
  else await vo.act({ do: 'show', ...about, markers: hiddenBy })
}

async function changeFile(vo: DeviceDouble, what: Extract<Deed, { do: 'remove' | 'rename' }>) {
  const items = (await vo.days()).find((one) => one.day === what.day)?.items ?? []
  const item = items.find((one) => one.name === what.name)
  if (!item) return
  const { name: called, size, key } = item
  const about = { place: what.day, name: called, size, ...(key && { key }) }
  if (what.do === 'remove') await vo.act({ do: 'remove', ...about })
  else if (what.to !== called) await vo.act({ do: 'rename', ...about, to: what.to })
}

async function seenBy(device: DeviceDouble) {
  return [await device.shown(wednesday), await device.shown(saturday)]
}

describe('two VOs, each at any time without a network', () => {
  const turn = fc.tuple(fc.constantFrom('tablet' as const, 'phone' as const), anything)

  test('see the same in the end, and no bytes that either of them added are lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 16 }), async (turns) => {
        const { remote, ...devices } = await congregation()
        for (const [who, what] of turns) await carryOut(devices[who], what)
        const { tablet, phone, hall } = devices
        for (const one of [tablet, phone, tablet, phone, hall]) await one.update()

        expect(await seenBy(tablet)).toEqual(await seenBy(hall))
        expect(await seenBy(phone)).toEqual(await seenBy(hall))
        expect([...(await tablet.outbox()), ...(await phone.outbox())]).toEqual([])
        const kept = Object.values(await remote.tree())
        for (const [, what] of turns) if (what.do === 'add') expect(kept).toContain(what.text)
      }),
      { numRuns: 150 },
    )
  })

  test('have the same media and hides whoever of them sends first', async () => {
    const acts = fc.array(fc.oneof(addition, hiding), { maxLength: 6 })
    const outcome = async (one: readonly Deed[], other: readonly Deed[], isPhoneFirst: boolean) => {
      const { remote, tablet, phone, hall } = await congregation()
      for (const what of one) await carryOut(tablet, what)
      for (const what of other) await carryOut(phone, what)
      const order = isPhoneFirst ? [phone, tablet] : [tablet, phone]
      for (const device of [...order, hall]) await device.update()
      const media = Object.entries(await remote.tree()).filter(([path]) => path.startsWith('Media'))
      const texts = media.map(([path, text]) => `${path.split('/')[1] ?? ''} ${text}`).sort()
      const hidden = (await hall.days())
        .flatMap(({ items }) => items)
        .flatMap(({ id, hiddenBy }) => (hiddenBy.length > 0 ? [id] : []))
      return { texts, hidden }
    }
    await fc.assert(
      fc.asyncProperty(acts, acts, async (one, other) => {
        expect(await outcome(one, other, true)).toEqual(await outcome(one, other, false))
      }),
      { numRuns: 80 },
    )
  })
})
