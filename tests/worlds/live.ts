import type { Device } from './device.ts'
import { contentOf, names, openTown, places, type Town } from './town.ts'
import { violationsIn } from './verdict.ts'
import type { Deed, World } from './world.ts'

/** What became of a world: the promises that were broken, none if all is well, and the story that led there. */
export type Outcome = { readonly violations: readonly string[]; readonly story: readonly string[] }

const hourMs = 3_600_000

/** Lives through a world: all its deeds, then peace, then everyone updates. */
export async function live(world: World): Promise<Outcome> {
  const town = await openTown(world)
  const { story } = town
  try {
    for (const deed of world.deeds) await carryOut(town, deed)
    await findPeace(town)
    return { violations: await violationsIn(town), story }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { violations: [`something broke: ${text}`], story }
  }
}

async function carryOut(town: Town, deed: Deed): Promise<void> {
  const { devices, story, clock } = town
  switch (deed.do) {
    case 'm3':
      town.m3(deed)
      return
    case 'pass':
      story.push(`${deed.hours} hours pass`)
      await clock.wait(deed.hours * hourMs)
      return
    case 'both update':
      story.push('all update at once')
      await Promise.all(devices.map((device) => device.update()))
      return
    default: {
      const device = devices[deed.who % devices.length]
      if (device) await actOn(device, deed, story)
    }
  }
}

type DeviceDeed = Extract<Deed, { who: number }>

async function actOn(device: Device, deed: DeviceDeed, story: string[]): Promise<void> {
  // A reader's Lectern offers nothing to change.
  const isReader = device.user === 'hall'
  switch (deed.do) {
    case 'update':
    case 'look':
      story.push(
        `${device.id} ${deed.do}s${deed.crash ? `, crash after ${deed.crash.after} steps` : ''}`,
      )
      await device[deed.do](deed.crash?.after)
      return
    case 'offline':
    case 'online':
      story.push(`${device.id} is ${deed.do}`)
      device.setOnline(deed.do === 'online')
      return
    default:
      if (!isReader) await change(device, deed)
  }
}

async function change(
  device: Device,
  deed: Exclude<DeviceDeed, { do: 'update' | 'look' | 'offline' | 'online' }>,
): Promise<void> {
  switch (deed.do) {
    case 'add':
      return device.add(
        places[deed.place % places.length] ?? 'recurring',
        names[deed.name % names.length] ?? 'photo.jpg',
        contentOf(deed.content),
      )
    case 'rename':
      return device.rename(deed.pick, names[deed.name % names.length] ?? 'photo.jpg')
    case 'undo':
      return device.undo()
    default:
      return device[deed.do](deed.pick)
  }
}

const rounds = 4

/** The trouble is over: everyone updates, until all have seen what all did. */
async function findPeace({ devices, story, clock, ...town }: Town): Promise<void> {
  town.calm()
  story.push('peace')
  for (const device of devices) device.setOnline(true)
  for (let round = 0; round < rounds; round += 1) {
    for (const device of devices) {
      await clock.wait(5_000)
      await device.update(undefined, true)
    }
  }
}
