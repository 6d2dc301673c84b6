// What was said of items must hold: hidden or shown, and in which place.
import { prefixOf } from '../../src/domain/prefix.ts'
import type { Town } from './town.ts'
import { isMemoryLost, lastWords } from './words.ts'

/** Where whoever spoke last about a song knew what was said before, and M³ touched no marker of that day, his word holds. */
export async function hidesHold(town: Town): Promise<string[]> {
  const { world, devices, discarded, story } = town
  if (isMemoryLost(world)) return []
  const isOfM3 = (day: string) =>
    story.some((line) => line.startsWith('M³') && (line.includes(day) || line.includes('clears')))
  const words = lastWords(town, ({ act }) =>
    act.do === 'hide' || act.do === 'show' ? [`${act.day} ${act.item}`] : [],
  )
  const broken: string[] = []
  for (const { stamped } of words) {
    const { act, id } = stamped
    if ((act.do !== 'hide' && act.do !== 'show') || discarded.has(id)) continue
    if (!act.item.includes('song') || isOfM3(act.day)) continue
    for (const device of devices) {
      const curated = (await device.days()).find(({ day }) => day === act.day)
      const item = curated?.items.find((one) => one.id === act.item)
      if (item && item.hiddenBy.length > 0 !== (act.do === 'hide'))
        broken.push(`the ${act.do} of ${act.item} does not hold on ${device.id}`)
    }
  }
  return broken
}

/** Where whoever spoke last about a song's place knew what was said before, it stands there. */
export async function ordersHold(town: Town): Promise<string[]> {
  const { world, devices, discarded } = town
  if (isMemoryLost(world)) return []
  const words = lastWords(town, ({ act }) =>
    act.do === 'order' && act.item.includes('song') ? [`${act.day} ${act.item}`] : [],
  )
  const broken: string[] = []
  for (const { stamped } of words) {
    const { act, id } = stamped
    if (act.do !== 'order' || discarded.has(id)) continue
    for (const device of devices) {
      const curated = (await device.days()).find(({ day }) => day === act.day)
      const item = curated?.items.find((one) => one.id === act.item)
      const wanted = act.prefix || prefixOf(item?.name ?? '')
      if (item && prefixOf(item.fileName) !== wanted)
        broken.push(`${act.item} is not at ${wanted} on ${device.id}: ${item.fileName}`)
    }
  }
  return broken
}

/** Every day shows its items in the order of the names that players see. */
export async function playedInOrder({ devices }: Town): Promise<string[]> {
  const all = await Promise.all(
    devices.map(async (device) =>
      (await device.days()).flatMap(({ day, items }) => {
        // One of two files of one name bears a number that says nothing of its place.
        const names = items.map(({ fileName }) => fileName).filter((name) => !/\(\d+\)/.test(name))
        const isSorted = names.every(
          (name, at) => at === 0 || folded(names[at - 1]) <= folded(name),
        )
        return isSorted ? [] : [`${device.id} shows ${day} in another order: ${names.join(', ')}`]
      }),
    ),
  )
  return all.flat()
}

function folded(name = ''): string {
  return name.normalize('NFC').toLowerCase()
}
