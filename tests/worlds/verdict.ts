// What must hold when the trouble is over.
import type { StampedAct } from '../../src/domain/act.ts'
import type { Place } from '../../src/domain/day.ts'
import type { CuratedDay } from '../../src/domain/media.ts'
import { isShown } from '../../src/domain/media.ts'
import { devicePath, devicesFolder, parentOf, trashFolder } from '../../src/domain/layout.ts'
import { possessionOf } from '../../src/domain/possession.ts'
import { parseDeviceFile } from '../../src/sync/documents.ts'
import { settingsOf } from '../../src/sync/facts.ts'
import { markedDays } from '../../src/sync/possession.ts'
import { profile, type Device } from './device.ts'
import { bytesOf } from './m3.ts'
import { foreign, foreignFiles } from './scenery.ts'
import type { Town } from './town.ts'
import type { Deed, World } from './world.ts'

/** The promises that were broken, in sentences; none if all is well. */
export async function violationsIn(town: Town): Promise<string[]> {
  const all = await Promise.all([
    sameEverywhere(town),
    nothingLost(town),
    nobodyStuck(town),
    disksRight(town),
    hidesHold(town),
    sameSettings(town),
    journalWhole(town),
    restored(town),
    toldTruly(town),
  ])
  return [
    ...all.flat(),
    ...foreignTouched(town),
    ...town.broken,
    ...town.witness.torn.map((text) => `half-written: ${text}`),
  ]
}

async function sameEverywhere({ devices }: Town): Promise<string[]> {
  const views = await Promise.all(devices.map(async (device) => viewOf(await device.days())))
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

async function nothingLost(town: Town): Promise<string[]> {
  const { witness, acts, texts, discarded } = town
  const present = new Set(witness.present().map(({ place, text }) => JSON.stringify([place, text])))
  const removals = acts.flatMap(({ act }) => (act.do === 'remove' ? [act] : []))
  const lost = witness.everything().filter((presence) => {
    if (present.has(JSON.stringify([presence.place, presence.text]))) return false
    const isRemoved = removals.some(
      ({ place, key, size }) =>
        place === presence.place &&
        (key === undefined
          ? size === bytesOf(presence.text).length
          : texts.get(key) === presence.text),
    )
    return !isRemoved && !witness.isExcused(presence) && !restsUnknown(town, presence.text)
  })
  const unsent = acts.filter(({ id, act }) => {
    if (act.do !== 'add' || discarded.has(id)) return false
    return !witness.wasThere({ place: act.place, text: texts.get(act.key) ?? '' })
  })
  return [
    ...lost.map(({ place, text }) => `gone and nobody removed it: ${text} on ${place}`),
    ...unsent.map(({ id, act }) => `never arrived: ${id} ${act.name}`),
  ]
}

// Whose browser was cleared right after its removal took M³'s last-moment bytes along, brings nothing back: nobody knows
// any more where they stood. They rest in the trash.
function restsUnknown({ server, world }: Town, text: string): boolean {
  if (!hasDeed(world, 'lose data')) return false
  return server.tree.all().some(([path, node]) => {
    if (node === 'folder' || parentOf(path) !== trashFolder) return false
    return new TextDecoder().decode(node.bytes) === text
  })
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

// Where whoever spoke last about a song knew what was said before, and M³ touched no marker of that day, his word holds.
export async function hidesHold(town: Town): Promise<string[]> {
  const { world, devices, discarded, story } = town
  if (isMemoryLost(world)) return []
  const isOfM3 = (day: string) =>
    story.some((line) => line.startsWith('M³') && (line.includes(day) || line.includes('clears')))
  const words = lastWords(town, ({ act }) =>
    act.do === 'hide' || act.do === 'show' ? `${act.day} ${act.item}` : undefined,
  )
  const broken: string[] = []
  for (const { act, id } of words) {
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

/** The last act about each subject, where it was done in the knowledge of all others about it. */
function lastWords(
  { acts, known }: Town,
  subjectOf: (stamped: StampedAct) => string | undefined,
): StampedAct[] {
  const said = new Map<string, StampedAct[]>()
  for (const stamped of acts) {
    const subject = subjectOf(stamped)
    if (subject !== undefined) said.set(subject, [...(said.get(subject) ?? []), stamped])
  }
  return [...said.values()].flatMap((words) => {
    const last = words.at(-1)
    const isWise = words.every(({ id }) => id === last?.id || known.get(last?.id ?? '')?.has(id))
    return last && isWise ? [last] : []
  })
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
async function journalWhole({ server, acts, world, devices, discarded }: Town): Promise<string[]> {
  if (hoursIn(world) > 59 * 24 || isMemoryLost(world)) return []
  const told = new Set(
    server.tree.all().flatMap(([path, node]) => {
      if (node === 'folder' || parentOf(path) !== devicesFolder) return []
      return parseDeviceFile(new TextDecoder().decode(node.bytes))?.acts.map((act) => act.id) ?? []
    }),
  )
  const waiting = await waitingIds(devices)
  return acts
    .filter(({ id }) => !told.has(id) && !waiting.has(id) && !discarded.has(id))
    .map((stamped) => `in nobody's journal: ${JSON.stringify(stamped)}`)
}

async function waitingIds(devices: readonly Device[]): Promise<Set<string>> {
  const outboxes = await Promise.all(devices.map(({ store }) => store.outbox(profile)))
  return new Set(outboxes.flat().map(({ stamped }) => stamped.id))
}

// Where whoever spoke last about a file knew what was said before, and M³ left it alone, his word holds.
async function restored(town: Town): Promise<string[]> {
  const { acts, witness, texts, devices, discarded, world } = town
  // What rested in the trash is gone with it, or after 30 days.
  if (hasDeed(world, 'wipe _sync') || hoursIn(world) > 30 * 24) return []
  const waiting = await waitingIds(devices)
  const present = new Set(witness.present().map((presence) => JSON.stringify(presence)))
  const words = lastWords(town, ({ act }) =>
    act.do === 'add' || act.do === 'remove' || act.do === 'restore'
      ? JSON.stringify([act.place, act.key])
      : undefined,
  )
  // Who removes what he never had the bytes of, names it only.
  const isRemovedByName = (place: Place) =>
    acts.some(({ act }) => act.do === 'remove' && act.place === place && act.key === undefined)
  return words.flatMap(({ id, act }) => {
    if ((act.do !== 'restore' && act.do !== 'add') || act.key === undefined) return []
    const { place, key } = act
    const presence = { place, text: texts.get(key) ?? '' }
    const isUnsure = waiting.has(id) || discarded.has(id) || isRemovedByName(place)
    const isFine = isUnsure || witness.isExcused(presence) || present.has(JSON.stringify(presence))
    return isFine ? [] : [`not brought back: ${presence.text} on ${place}`]
  })
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

function hasDeed({ deeds }: World, what: Deed['do']): boolean {
  return deeds.some((deed) => deed.do === what)
}

// What a device said stands in its file and in its own store: where both were cleared, nobody knows it any more.
function isMemoryLost(world: World): boolean {
  return hasDeed(world, 'wipe _sync') && hasDeed(world, 'lose data')
}

function hoursIn({ deeds }: World): number {
  return deeds.reduce((sum, deed) => sum + (deed.do === 'pass' ? deed.hours : 0), 0)
}
