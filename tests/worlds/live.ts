import type { Receipt } from '../../src/sync/receipt.ts'
import type { Device } from './device.ts'
import { contentOf, nameAt, placeAt, prefixAt, ruleAt } from './scenery.ts'
import { openTown, type Town } from './town.ts'
import { hidesHold } from './said.ts'
import { violationsIn } from './verdict.ts'
import type { Break, Deed, DeviceDeed, TownDeed, World } from './world.ts'

/** What became of a world: the promises that were broken, none if all is well, and the story that led there. */
export type Outcome = { readonly violations: readonly string[]; readonly story: readonly string[] }

const hourMs = 3_600_000
const minuteMs = 60_000

/** Lives through a world: all its deeds, then peace, then everyone updates; at last every song gets another title. */
export async function live(world: World): Promise<Outcome> {
  const town = await openTown(world)
  const { story } = town
  try {
    for (const deed of world.deeds) await carryOut(town, deed)
    endTrouble(town)
    await settle(town)
    const violations = await violationsIn(town)
    return { violations: violations.length > 0 ? violations : await retitleAll(town), story }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { violations: [`something broke: ${text}`], story }
  }
}

async function carryOut(town: Town, deed: Deed): Promise<void> {
  town.begin()
  if (!('who' in deed)) return happen(town, deed)
  const device = town.devices[deed.who % town.devices.length]
  if (device) await actOn(town, device, deed)
}

async function happen(town: Town, deed: TownDeed): Promise<void> {
  const { story, clock, programme, server } = town
  switch (deed.do) {
    case 'm3':
      town.m3(deed)
      return
    case 'pass':
      story.push(`${deed.hours} hours pass`)
      await clock.wait(deed.hours * hourMs)
      return
    case 'all update':
      return allUpdate(town, deed)
    case 'retitle':
      story.push(programme.retitle(deed.pick))
      return
    case 're-release':
      story.push(programme.reRelease(deed.pick))
      return
    case 'wipe _sync':
      story.push('somebody wipes _sync')
      town.witness.excuseTrash()
      server.tree.drop('_sync')
      return
    default:
      story.push(`${deed.do}: ${deed.isSo ? 'yes' : 'no'}`)
      setServer(town, deed)
  }
}

function setServer(
  { server, world }: Town,
  { do: what, isSo }: Extract<TownDeed, { isSo: boolean }>,
): void {
  if (what === 'folder away') server.setAway(isSo)
  if (what === 'server full') server.setFull(isSo)
  if (what === 'deep listings lie') server.setDeep(isSo ? 'forgetful' : world.traits.deep)
  if (what === 'password changed') server.changePassword(isSo ? 'another' : 'password')
}

async function allUpdate(
  town: Town,
  { turns: order, broken }: Extract<TownDeed, { do: 'all update' }>,
): Promise<void> {
  const { devices, story } = town
  story.push(`all update at once, in the order ${order.join('')}${sayBreak(broken)} at the first`)
  const turns = town.takeTurns(order)
  await Promise.all(
    devices.map((device, index) =>
      turns.work(device.id, () => device.update(index === 0 ? broken : undefined)),
    ),
  )
}

function sayBreak(broken?: Break): string {
  return broken ? `, ${broken.how} after ${broken.after} steps` : ''
}

async function actOn(
  { story, world, clock }: Town,
  device: Device,
  deed: DeviceDeed,
): Promise<void> {
  switch (deed.do) {
    case 'update':
    case 'look':
      story.push(`${device.id} ${deed.do}s${sayBreak(deed.broken)}`)
      await device[deed.do](deed.broken)
      return
    case 'offline':
    case 'online':
      story.push(`${device.id} is ${deed.do}`)
      device.setOnline(deed.do === 'online')
      return
    case 'drop from disk':
    case 'touch on disk':
      story.push(`${device.id}: somebody meddles, ${deed.do}`)
      return device.meddle(deed.pick, deed.do === 'drop from disk' ? 'drop' : 'touch')
    case 'lose data':
      story.push(`${device.id}: the browser's data is cleared`)
      return device.loseData()
    case 'set clock': {
      // That a clock is days off shows only by the server's time.
      const isSeen = world.traits.tellsTime || Math.abs(deed.aheadMin) < 1440
      story.push(`${device.id}: the clock is set ${deed.aheadMin} minutes ahead`)
      // In less nobody sets a clock; and two changes within one second, with the clock set in between, nobody could tell
      // apart where servers tell no ETags.
      await clock.wait(3_000)
      if (isSeen) device.setClock(deed.aheadMin * minuteMs)
      return
    }
    default:
      // A reader's Lectern offers nothing to change.
      if (device.user !== 'hall') await change(device, deed)
  }
}

type Change = Extract<DeviceDeed, { place: number } | { pick: number }>

async function change(device: Device, deed: Change): Promise<void> {
  switch (deed.do) {
    case 'add':
      return device.add(placeAt(deed.place), nameAt(deed.name), contentOf(deed.content))
    case 'rename':
      return device.rename(deed.pick, nameAt(deed.name))
    case 'move':
      return device.move(deed.pick, placeAt(deed.place))
    case 'order':
      return device.order(deed.pick, prefixAt(deed.prefix))
    case 'rule':
      return device.rule(deed.pick, ruleAt(deed.rule))
    case 'undo':
      return device.undo()
    case 'drop from disk':
    case 'touch on disk':
      return
    default:
      return device[deed.do](deed.pick)
  }
}

const mostRounds = 6

// While an item bears the name of the marker that hides it, what the devices said of it does not count yet.
async function retitleAll(town: Town): Promise<string[]> {
  const { acts, story, programme } = town
  if (!acts.some(({ act }) => act.do === 'hide' || act.do === 'show')) return []
  story.push(programme.retitleAll())
  await settle(town)
  return hidesHold(town)
}

/** Everyone updates, until a whole round changes nothing any more. */
async function settle(town: Town): Promise<void> {
  const { devices, clock, server } = town
  for (let round = 0; round < mostRounds; round += 1) {
    const before = server.tree.changes()
    const receipts = []
    for (const device of devices) {
      await clock.wait(5_000)
      town.begin()
      receipts.push(await device.update(undefined, true))
    }
    const isQuiet = server.tree.changes() === before && receipts.every(saysNothingNew)
    const owes = await Promise.all(devices.map((device) => device.owesItsFile()))
    if (isQuiet && !owes.includes(true)) return
  }
}

function endTrouble(town: Town): void {
  const { story, devices, server, world } = town
  town.calm()
  story.push('peace')
  server.setAway(false)
  server.setFull(false)
  server.changePassword('password')
  server.setDeep(world.traits.deep)
  for (const device of devices) {
    device.setOnline(true)
    device.setClock(0)
  }
}

function saysNothingNew(receipt: Receipt | undefined): boolean {
  return (
    receipt !== undefined &&
    receipt.isExact &&
    receipt.isFresh &&
    receipt.new + receipt.replaced + receipt.removed === 0
  )
}
