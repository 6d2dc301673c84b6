// What was said of recurring media must hold for the file it was said of, whatever that is called by now.
import { ownItemId, type Act, type StampedAct } from '../../src/domain/act.ts'
import type { Day } from '../../src/domain/day.ts'
import type { CuratedDay } from '../../src/domain/media.ts'
import { meetingsOf, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import { seriesName } from '../../src/domain/naming.ts'
import { prefixOf } from '../../src/domain/prefix.ts'
import type { Rule } from '../../src/domain/recurrence.ts'
import type { Device } from './device.ts'
import type { Town } from './town.ts'
import { isKnownTo, isMemoryLost, waitingIds } from './words.ts'

/** What was said of a file of one name; `undefined` stands for a word on another file that bore it before. */
type Said = {
  readonly rule?: Rule | undefined
  readonly orders: ReadonlyMap<Day, string | undefined>
}

const nothing: Said = { orders: new Map() }

/** Where each who spoke of a recurring file knew what was said before, and M³ left all of these alone, it is so. */
export async function recurringHolds(town: Town): Promise<string[]> {
  const { world, story } = town
  const isOfM3 = story.some((line) => line.startsWith('M³') && line.includes('Media/Recurring'))
  if (isOfM3 || isMemoryLost(world)) return []
  const waiting = await waitingIds(town)
  const isLost = ({ id }: StampedAct) => waiting.has(id) || town.discarded.has(id)
  const broken: string[] = []
  for (const words of families(town.acts)) {
    const isWise = words.every(({ id }, at) => {
      const before = words[at - 1]
      return !before || isKnownTo(town, id, before.id)
    })
    if (!isWise || words.some(isLost)) continue
    for (const [name, said] of retold(words))
      for (const device of town.devices) broken.push(...(await unlike(device, name, said)))
  }
  return broken
}

/** The acts about recurring files, parted into those that speak of names which renames and numbers connect. */
function families(acts: readonly StampedAct[]): StampedAct[][] {
  let all: { names: Set<string>; words: StampedAct[] }[] = []
  for (const stamped of acts) {
    const names = new Set(namesIn(stamped).map(seriesName))
    if (names.size === 0) continue
    const kin = all.filter((one) => [...names].some((name) => one.names.has(name)))
    all = all.filter((one) => !kin.includes(one))
    all.push({
      names: new Set([...names, ...kin.flatMap((one) => [...one.names])]),
      words: [...kin.flatMap(({ words }) => words), stamped],
    })
  }
  return all.map(({ words }) => acts.filter((stamped) => words.includes(stamped)))
}

function namesIn({ act }: StampedAct): string[] {
  switch (act.do) {
    case 'hide':
    case 'show':
      return []
    case 'order':
      return act.item === ownItemId('recurring', act.name) ? [act.name] : []
    case 'move': {
      const ends = [
        { place: act.place, name: act.name },
        { place: act.into, name: act.to },
      ]
      return ends.filter(({ place }) => place === 'recurring').map(({ name }) => name)
    }
    case 'rename':
      return act.place === 'recurring' ? [act.name, act.to] : []
    default:
      return act.place === 'recurring' ? [act.name] : []
  }
}

/** What holds in the end, by name, for files that are there. */
function retold(words: readonly StampedAct[]): Map<string, Said> {
  const all = new Map<string, Said>()
  const present = new Set<string>()
  for (const { act } of words) {
    const name = act.name.normalize('NFC')
    const said = all.get(name) ?? nothing
    if (act.do === 'rule') all.set(name, { ...said, rule: act.rule })
    if (act.do === 'order')
      all.set(name, { ...said, orders: new Map(said.orders).set(act.day, act.prefix) })
    if (act.do === 'rename') rename(all, present, [name, act.to.normalize('NFC')])
    for (const { name: one, isThere } of comings(act)) {
      all.set(one, doubted(all.get(one)))
      if (isThere) present.add(one)
      else present.delete(one)
    }
  }
  return new Map([...all].filter(([name]) => present.has(name)))
}

function comings(act: Act): { readonly name: string; readonly isThere: boolean }[] {
  const name = act.name.normalize('NFC')
  if (act.do === 'remove') return [{ name, isThere: false }]
  if (act.do === 'add' || act.do === 'restore') return [{ name, isThere: true }]
  if (act.do !== 'move') return []
  if (act.place === 'recurring') return [{ name, isThere: false }]
  return [{ name: act.to.normalize('NFC'), isThere: true }]
}

function doubted({ orders, ...said }: Said = nothing): Said {
  return {
    ...('rule' in said && { rule: undefined }),
    orders: new Map([...orders.keys()].map((day) => [day, undefined])),
  }
}

function rename(
  all: Map<string, Said>,
  present: Set<string>,
  [from, to]: readonly [string, string],
): void {
  const old = doubted(all.get(to))
  // Undo of a rename whose file is gone.
  const said = present.has(from) ? (all.get(from) ?? nothing) : doubted(all.get(from))
  if (present.delete(from)) present.add(to)
  all.delete(from)
  all.set(to, { ...old, ...said, orders: new Map([...old.orders, ...said.orders]) })
}

async function unlike(device: Device, name: string, said: Said): Promise<string[]> {
  const { contents, settings } = await device.facts()
  const isIt = (other: string) => other.normalize('NFC') === name
  const isThere = contents.files.some(
    (file) => file.place === 'recurring' && file.size > 0 && isIt(file.name),
  )
  if (!isThere) return []
  const days = await device.days()
  const kinds = new Map(
    weeksOf(windowOf(device.today(), settings.weeks))
      .flatMap((week) => meetingsOf(week, settings.meetings))
      .map(({ day, kind }) => [day, kind]),
  )
  return days.flatMap(({ day, items }: CuratedDay) => {
    const meeting = kinds.get(day as Day)
    if (meeting === undefined || day === 'recurring') return []
    const isShadowed = items.some((one) => one.origin === 'additional' && isIt(one.name))
    const item = items.find((one) => one.id === ownItemId('recurring', name))
    const broken: string[] = []
    if (said.rule && !isShadowed) {
      const { meetings, until = day } = said.rule
      const isDue = (meetings === 'all' || meetings === meeting) && day <= until
      if (isDue !== (item !== undefined))
        broken.push(`the rule of ${name} does not hold on ${day}, on ${device.id}`)
    }
    const order = said.orders.get(day)
    const wanted = order || prefixOf(name)
    if (item && order !== undefined && prefixOf(item.fileName) !== wanted)
      broken.push(`${name} is not at ${wanted} on ${day}, on ${device.id}: ${item.fileName}`)
    return broken
  })
}
