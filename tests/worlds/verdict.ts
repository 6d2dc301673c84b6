// What must hold when the trouble is over.
import type { StampedAct } from '../../src/domain/act.ts'
import type { Place } from '../../src/domain/day.ts'
import type { CuratedDay } from '../../src/domain/media.ts'
import { isShown } from '../../src/domain/media.ts'
import { devicePath } from '../../src/domain/layout.ts'
import { parseDeviceFile } from '../../src/sync/documents.ts'
import { settingsOf } from '../../src/sync/facts.ts'
import { profile, type Device } from './device.ts'
import { foreign, type Town } from './town.ts'

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

async function nothingLost({ witness, acts, texts }: Town): Promise<string[]> {
  const present = new Set(witness.present().map(({ place, text }) => JSON.stringify([place, text])))
  const removals = acts.flatMap(({ act }) => (act.do === 'remove' ? [act] : []))
  const lost = witness.everything().filter((presence) => {
    if (present.has(JSON.stringify([presence.place, presence.text]))) return false
    const isRemoved = removals.some(
      ({ place, key, size }) =>
        place === presence.place &&
        (key === undefined ? size === presence.text.length : texts.get(key) === presence.text),
    )
    return !isRemoved && !witness.isExcused(presence)
  })
  const unsent = acts.filter(({ act }) => {
    if (act.do !== 'add') return false
    return !witness.wasThere({ place: act.place, text: texts.get(act.key) ?? '' })
  })
  return [
    ...lost.map(({ place, text }) => `gone and nobody removed it: ${text} on ${place}`),
    ...unsent.map(({ id, act }) => `never arrived: ${id} ${act.name}`),
  ]
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
      const isFine = receipt?.isExact || outbox.length > unexplained.length
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

// Where one device alone spoke about a song, and M³ touched no marker of that day, the last word holds.
async function hidesHold({ devices, acts, story }: Town): Promise<string[]> {
  const broken: string[] = []
  for (const [subject, said] of byItem(acts)) {
    const last = said.at(-1)
    const isOneVoice = new Set(said.map(({ device }) => device)).size === 1
    if (!last || !isOneVoice || (last.act.do !== 'hide' && last.act.do !== 'show')) continue
    const { day, item } = last.act
    if (!item.includes('song') || story.some((line) => line.startsWith('M³') && line.includes(day)))
      continue
    if (story.includes('M³ clears what is over')) continue
    for (const device of devices) {
      const curated = (await device.days()).find((one) => one.day === day)
      const shown = curated?.items.find(({ id }) => id === item)
      if (shown && shown.hiddenBy.length > 0 !== (last.act.do === 'hide'))
        broken.push(`${subject} is ${last.act.do === 'hide' ? 'shown' : 'hidden'} on ${device.id}`)
    }
  }
  return broken
}

function byItem(acts: readonly StampedAct[]): Map<string, StampedAct[]> {
  const said = new Map<string, StampedAct[]>()
  for (const stamped of acts) {
    const { act } = stamped
    if (act.do !== 'hide' && act.do !== 'show') continue
    const subject = `${act.day} ${act.item}`
    said.set(subject, [...(said.get(subject) ?? []), stamped])
  }
  return said
}

async function sameSettings({ devices }: Town): Promise<string[]> {
  const all = await Promise.all(
    devices.map(async ({ store }) => JSON.stringify(await settingsOf(store, profile))),
  )
  return new Set(all).size > 1 ? [`settings differ: ${all.join(' / ')}`] : []
}

function foreignTouched({ server }: Town): string[] {
  return Object.entries(foreign.server).flatMap(([path, text]) => {
    const node = server.tree.at(path)
    const isWhole =
      node !== undefined && node !== 'folder' && new TextDecoder().decode(node.bytes) === text
    return isWhole ? [] : [`${path} of somebody else was touched`]
  })
}

// Until acts are 60 days old, each is in its device's file for everyone to read.
async function journalWhole({ server, acts, world, devices }: Town): Promise<string[]> {
  if (world.deeds.some((deed) => deed.do === 'pass' && deed.hours > 1000)) return []
  const told = new Set(
    devices.flatMap(({ id }) => {
      const node = server.tree.at(devicePath(id))
      if (node === undefined || node === 'folder') return []
      return parseDeviceFile(new TextDecoder().decode(node.bytes))?.acts.map((act) => act.id) ?? []
    }),
  )
  const waiting = await waitingIds(devices)
  return acts
    .filter(({ id }) => !told.has(id) && !waiting.has(id))
    .map((stamped) => `in nobody's journal: ${JSON.stringify(stamped)}`)
}

async function waitingIds(devices: readonly Device[]): Promise<Set<string>> {
  const outboxes = await Promise.all(devices.map(({ store }) => store.outbox(profile)))
  return new Set(outboxes.flat().map(({ stamped }) => stamped.id))
}

// Where one device alone added, removed and restored a file, and M³ left it alone, its last word holds.
async function restored({ acts, witness, texts, devices }: Town): Promise<string[]> {
  const waiting = await waitingIds(devices)
  const words = new Map<string, StampedAct[]>()
  for (const stamped of acts) {
    const { act } = stamped
    if (act.do !== 'add' && act.do !== 'remove' && act.do !== 'restore') continue
    const subject = JSON.stringify([act.place, act.key])
    words.set(subject, [...(words.get(subject) ?? []), stamped])
  }
  const present = new Set(witness.present().map(({ place, text }) => JSON.stringify([place, text])))
  // Who removes what he never had the bytes of, names it only.
  const isRemovedByName = (place: Place) =>
    acts.some(({ act }) => act.do === 'remove' && act.place === place && act.key === undefined)
  return [...words.values()].flatMap((said) => {
    const last = said.at(-1)
    if (!last || (last.act.do !== 'restore' && last.act.do !== 'add')) return []
    const { place, key } = last.act
    const presence = { place, text: texts.get(key ?? '') ?? '' }
    const isMixed = new Set(said.map(({ device }) => device)).size > 1
    if (
      isMixed ||
      isRemovedByName(place) ||
      key === undefined ||
      waiting.has(last.id) ||
      witness.isExcused(presence)
    )
      return []
    const isThere = present.has(JSON.stringify([place, presence.text]))
    return isThere ? [] : [`not brought back: ${presence.text} on ${place}`]
  })
}
