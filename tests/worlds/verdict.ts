// What must hold when the trouble is over.
import type { CuratedDay } from '../../src/domain/media.ts'
import { isShown } from '../../src/domain/media.ts'
import { devicePath, devicesFolder, parentOf } from '../../src/domain/layout.ts'
import { possessionOf } from '../../src/domain/possession.ts'
import { parseDeviceFile } from '../../src/sync/documents.ts'
import { settingsOf } from '../../src/sync/facts.ts'
import { markedDays } from '../../src/sync/possession.ts'
import { profile, type Device } from './device.ts'
import { recurringHolds } from './recurring.ts'
import { hidesHold, ordersHold, playedInOrder } from './said.ts'
import { foreign, foreignFiles } from './scenery.ts'
import type { Town } from './town.ts'
import { filesHold, nothingLost } from './whereabouts.ts'
import { hoursIn, isMemoryLost, waitingIds } from './words.ts'

/** The promises that were broken, in sentences; none if all is well. */
export async function violationsIn(town: Town): Promise<string[]> {
  const all = await Promise.all([
    sameEverywhere(town),
    nobodyStuck(town),
    disksRight(town),
    hidesHold(town),
    sameSettings(town),
    journalWhole(town),
    toldTruly(town),
    filesHold(town),
    ordersHold(town),
    recurringHolds(town),
    playedInOrder(town),
  ])
  return [
    ...all.flat(),
    ...nothingLost(town),
    ...foreignTouched(town),
    ...town.broken,
    ...town.witness.torn.map((text) => `half-written: ${text}`),
  ]
}

async function sameEverywhere({ devices }: Town): Promise<string[]> {
  const views = await Promise.all(devices.map(viewOn))
  const prints = await Promise.all(
    devices.map(async ({ store }) => (await store.document(profile, 'receipt'))?.fingerprint ?? ''),
  )
  const [first = '', ...others] = views
  const odd = others.findIndex((view) => view !== first)
  const broken = odd < 0 ? [] : [`devices differ:\n${first}\n${others[odd] ?? ''}`]
  return new Set(prints).size > 1
    ? [...broken, `fingerprints differ: ${prints.join(', ')}`]
    : broken
}

async function viewOn(device: Device): Promise<string> {
  const { items } = await device.recurring()
  const rules = items.map(({ name, rule }) => `recurring ${name} ${JSON.stringify(rule ?? '')}`)
  return [viewOf(await device.days()), ...rules].join('\n')
}

function viewOf(days: readonly CuratedDay[]): string {
  return days
    .flatMap(({ day, items, awaited }) => [
      ...items.map(
        ({ name, fileName, key, hiddenBy }) =>
          `${day} ${name} as ${fileName} ${hiddenBy.length > 0 ? 'hidden' : (key ?? 'unknown')}`,
      ),
      ...awaited.map((name) => `${day} awaits ${name}`),
    ])
    .join('\n')
}

// What waits says why; that is allowed only where the browser cannot read the server's refusal.
async function nobodyStuck({ devices, world }: Town): Promise<string[]> {
  const mayRefuseSilently = !world.traits.hasCorsOnErrors
  const troubles = await Promise.all(
    devices.map(async ({ id, store }) => {
      const waits = (await store.document(profile, 'waits')) ?? {}
      const outbox = await store.outbox(profile)
      const unexplained = outbox.filter(
        ({ stamped, isSent }) => isSent || !mayRefuseSilently || waits[stamped.id] === undefined,
      )
      const receipt = await store.document(profile, 'receipt')
      const isFine = (receipt?.isExact && receipt.isFresh) || outbox.length > unexplained.length
      return [
        ...unexplained.map(({ stamped }) => `${id} still holds ${JSON.stringify(stamped.act)}`),
        ...(isFine ? [] : [`${id} is not exact: ${JSON.stringify(receipt)}`]),
      ]
    }),
  )
  return troubles.flat()
}

async function disksRight({ devices, texts, clock }: Town): Promise<string[]> {
  const troubles = await Promise.all(
    devices.map(async (device) => {
      const wanted = await wantedOnDisk(device, texts)
      const tree = await device.folder.tree()
      const isCovered = (path: string) =>
        path.slice(0, 10) >= clock.today() && !(path in foreign.disk)
      const held = Object.fromEntries(Object.entries(tree).filter(([path]) => isCovered(path)))
      const [is, should] = [held, wanted].map((files) =>
        JSON.stringify(Object.entries(files).sort()),
      )
      return is === should
        ? []
        : [`the disk of ${device.id} holds ${is ?? ''}, not ${should ?? ''}`]
    }),
  )
  return troubles.flat()
}

async function wantedOnDisk(device: Device, texts: ReadonlyMap<string, string>) {
  const files = (await device.days()).flatMap(({ day, items }) =>
    items
      .filter(isShown)
      .map(
        ({ fileName, key, name }) => [`${day}/${fileName}`, texts.get(key ?? '') ?? name] as const,
      ),
  )
  return Object.fromEntries(files)
}

async function sameSettings({ devices }: Town): Promise<string[]> {
  const all = await Promise.all(
    devices.map(async ({ store }) => JSON.stringify(await settingsOf(store, profile))),
  )
  return new Set(all).size > 1 ? [`settings differ: ${all.join(' / ')}`] : []
}

function foreignTouched({ server, world }: Town): string[] {
  return foreignFiles(world.hasNeighbour).flatMap(([path, text]) => {
    const node = server.tree.at(path)
    const isWhole =
      node !== undefined && node !== 'folder' && new TextDecoder().decode(node.bytes) === text
    return isWhole ? [] : [`${path} of somebody else was touched`]
  })
}

// Until acts are 60 days old, each is in its device's file for everyone to read.
async function journalWhole(town: Town): Promise<string[]> {
  const { server, acts, world, discarded } = town
  if (hoursIn(world) > 59 * 24 || isMemoryLost(world)) return []
  const told = new Set(
    server.tree.all().flatMap(([path, node]) => {
      if (node === 'folder' || parentOf(path) !== devicesFolder) return []
      return parseDeviceFile(new TextDecoder().decode(node.bytes))?.acts.map((act) => act.id) ?? []
    }),
  )
  const waiting = await waitingIds(town)
  return acts
    .filter(({ id }) => !told.has(id) && !waiting.has(id) && !discarded.has(id))
    .map((stamped) => `in nobody's journal: ${JSON.stringify(stamped)}`)
}

// Whoever may tell what is on his disk has told it, and nothing else.
async function toldTruly({ devices, server }: Town): Promise<string[]> {
  const lies = await Promise.all(
    devices.map(async (device) => {
      const access = await device.store.document(profile, 'access')
      if (device.user !== 'vo' || !access?.canWrite) return []
      const { id } = await device.store.device()
      const node = server.tree.at(devicePath(id))
      const text = node && node !== 'folder' ? new TextDecoder().decode(node.bytes) : ''
      const receipt = parseDeviceFile(text)?.receipt
      if (!receipt) return [`${id} never told what it has`]
      const has = (await markedDays(await device.days())).map((day) =>
        possessionOf(day, receipt, { knowsProgramme: true }),
      )
      return has.every(({ of }) => of === 'whole')
        ? []
        : [`${id} told something else than it has: ${JSON.stringify([receipt, has])}`]
    }),
  )
  return lies.flat()
}
