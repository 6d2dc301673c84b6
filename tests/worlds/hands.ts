import { namesAt, type Act } from '../../src/domain/act.ts'
import type { Facts } from '../../src/domain/curation.ts'
import type { Day, Place } from '../../src/domain/day.ts'
import type { CuratedDay, CuratedItem } from '../../src/domain/media.ts'
import { foldName, freeName, safeName } from '../../src/domain/naming.ts'
import { always, isSameRule, rulesIn, type Rule } from '../../src/domain/recurrence.ts'
import { contentKey } from '../../src/sync/content-key.ts'

type Screen = {
  readonly facts: () => Promise<Facts>
  readonly days: () => Promise<readonly CuratedDay[]>
  readonly act: (act: Act, body?: Blob) => Promise<void>
}

/** What a VO does at a device, by what its screens show. Numbers pick from what there is at that time. */
export function newHands({ facts, days, act }: Screen) {
  /** Every item with the day it stands on, as the VO sees them. */
  async function seen(): Promise<{ day: Day; item: CuratedItem }[]> {
    return (await days()).flatMap(({ day, items }) =>
      items.map((item) => ({ day: day as Day, item })),
    )
  }

  async function picked(index: number, isWanted: (item: CuratedItem) => boolean = () => true) {
    const all = (await seen()).filter(({ item }) => isWanted(item))
    return all[index % Math.max(1, all.length)]
  }

  async function own(index: number) {
    const found = await picked(index, ({ origin }) => origin !== 'jworg')
    if (!found) return undefined
    const at: Place = found.item.origin === 'recurring' ? 'recurring' : found.day
    return { place: at, item: found.item }
  }

  async function namesTakenAt(place: Place) {
    return namesAt((await facts()).contents.files, place)
  }

  return {
    async add(place: Place, name: string, text: string): Promise<void> {
      const body = new Blob([text])
      const free = freeName(safeName(name), await namesTakenAt(place))
      await act(
        { do: 'add', place, name: free, size: body.size, key: await contentKey(body) },
        body,
      )
    },

    async hide(index: number): Promise<void> {
      const found = await picked(index, ({ hiddenBy }) => hiddenBy.length === 0)
      if (found)
        await act({ do: 'hide', day: found.day, item: found.item.id, name: found.item.name })
    },

    async show(index: number): Promise<void> {
      const found = await picked(index, ({ hiddenBy }) => hiddenBy.length > 0)
      if (!found) return
      const { id: item, name, hiddenBy: markers } = found.item
      await act({ do: 'show', day: found.day, item, name, markers })
    },

    async remove(index: number): Promise<void> {
      const found = await own(index)
      if (!found) return
      const { name, size, key } = found.item
      await act({ do: 'remove', place: found.place, name, size, ...(key && { key }) })
    },

    async rename(index: number, to: string): Promise<void> {
      const found = await own(index)
      if (!found || found.item.name === to) return
      const { name, size, key } = found.item
      const taken = await namesTakenAt(found.place)
      taken.delete(foldName(name))
      const free = freeName(safeName(to), taken)
      if (free === name) return
      await act({ do: 'rename', place: found.place, name, to: free, size, ...(key && { key }) })
    },

    async move(index: number, into: Place): Promise<void> {
      const found = await own(index)
      if (!found || found.place === into) return
      const { name, size, key } = found.item
      const to = freeName(name, await namesTakenAt(into))
      await act({ do: 'move', place: found.place, name, into, to, size, ...(key && { key }) })
    },

    async order(index: number, prefix: string): Promise<void> {
      // Files of the day bear their numbers in their names.
      const found = await picked(index, ({ origin }) => origin !== 'additional')
      if (!found) return
      const { id: item, name, prefix: was = '' } = found.item
      if (prefix !== was) await act({ do: 'order', day: found.day, item, name, prefix, was })
    },

    async rule(index: number, rule: Rule): Promise<void> {
      const known = await facts()
      const names = known.contents.files.flatMap((file) =>
        file.place === 'recurring' ? [file.name] : [],
      )
      const name = names[index % Math.max(1, names.length)]
      const was = name === undefined ? always : rulesIn(known.journal)(name)
      if (name === undefined || isSameRule(rule, was)) return
      await act({ do: 'rule', place: 'recurring', name, rule, was })
    },
  }
}
