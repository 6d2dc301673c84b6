import { createHash } from 'node:crypto'
import type { Act } from '../../src/domain/act.ts'
import { curatedDays } from '../../src/domain/curated-days.ts'
import { weekOf, type Day, type Week } from '../../src/domain/day.ts'
import type { CatalogueItem, CuratedItem } from '../../src/domain/media.ts'
import { windowOf } from '../../src/domain/meeting.ts'
import { defaultSettings, type Settings } from '../../src/domain/settings.ts'
import { record } from '../../src/sync/acts.ts'
import { attempt } from '../../src/sync/attempt.ts'
import { contentKey } from '../../src/sync/content-key.ts'
import { loadFacts } from '../../src/sync/facts.ts'
import type { Catalogue, Clock, Remote } from '../../src/sync/ports.ts'
import { publish } from '../../src/sync/publish/publish.ts'
import { carryOut } from '../../src/sync/steps.ts'
import type { Receipt } from '../../src/sync/receipt.ts'
import { tellReceiptWhenDue } from '../../src/sync/update/outside.ts'
import { refresh } from '../../src/sync/update/refresh.ts'
import { update, type UpdateOptions, type UpdatePorts } from '../../src/sync/update/update.ts'
import { memoryFolder, type MemoryFolder } from './memory-folder.ts'
import { memoryStore } from './memory-store.ts'

const profile = 'congregation'

/** A clock that stands still until a test moves it or somebody waits; waiting takes no time of the test. */
function standingClock(today: Day, name = 'id'): Clock & { set(day: Day): void } {
  let now = Date.parse(`${today}T12:00:00Z`)
  let count = 0
  return {
    now: () => now,
    today: () => new Date(now).toISOString().slice(0, 10) as Day,
    newId: () => `${name}-${String((count += 1))}`,
    wait: async (ms, { signal } = {}) => {
      await Promise.resolve()
      signal?.throwIfAborted()
      now += ms
    },
    set: (day) => {
      now = Date.parse(`${day}T12:00:00Z`)
    },
  }
}

/** A catalogue of given items whose bytes are their names. */
export function memoryCatalogue(
  items: readonly Pick<CatalogueItem, 'id' | 'day' | 'name'>[] = [],
): Catalogue & { reads: number } {
  const whole = items.map((item): CatalogueItem => ({
    ...item,
    url: `https://jw.example/${encodeURIComponent(item.name)}`,
    size: new Blob([item.name]).size,
    md5: createHash('md5').update(item.name).digest('hex'),
  }))
  return {
    reads: 0,
    week: (week: Week) =>
      Promise.resolve({ week, items: whole.filter(({ day }) => weekOf(day) === week) }),
    read(url) {
      this.reads += 1
      const name = whole.find((item) => item.url === url)?.name ?? ''
      return Promise.resolve({ blob: new Blob([name]), isPartial: false })
    },
  }
}

export type DeviceOptions = {
  readonly id: string
  readonly today: Day
  /** Undefined: without congregation sync. */
  readonly remote?: Remote
  readonly catalogue?: Catalogue
  readonly settings?: Partial<Settings>
  /** What makes other forms of media; else everything stays as it is. */
  readonly making?: Pick<UpdatePorts, 'converters' | 'outgoing'>
  /** The media folder of an earlier time; else an empty one. */
  readonly folder?: MemoryFolder
}

/** A device of the congregation with everything Lectern is made of, in memory: real use cases on doubles of the ports. */
export async function openDevice(options: DeviceOptions) {
  const { remote, catalogue = memoryCatalogue() } = options
  const store = memoryStore({ deviceId: options.id })
  const folder = options.folder ?? memoryFolder()
  const clock = standingClock(options.today, options.id)
  const connection = { origin: 'https://example.org', user: 'vo', folder: '/dav/' }
  await store.putProfile({ id: profile, name: 'Hall', ...(remote && { connection }) })
  await store.putDocument(profile, 'settings', {
    ...defaultSettings,
    meetings: { midweek: 2, weekend: 5 },
    ...options.settings,
  })
  const worker = { run: carryOut.bind(undefined, { store, clock, catalogue, remote }) }

  const connect = remote && { connect: () => Promise.resolve(remote) }
  const outside = { store, clock, catalogue, worker, ...connect }

  async function act(next: Act, body?: Blob): Promise<void> {
    const blobs = body ? [{ key: await contentKey(body), body }] : []
    await record({ store, clock }, profile, { act: next, blobs })
  }

  async function days() {
    const facts = await loadFacts(store, profile)
    return curatedDays(facts, windowOf(clock.today(), facts.settings.weeks))
  }

  return {
    store,
    folder,
    clock,
    act,
    days,

    async add(place: Day | 'recurring', name: string, text: string): Promise<void> {
      const body = new Blob([text])
      await act({ do: 'add', place, name, size: body.size, key: await contentKey(body) }, body)
    },

    async item(day: Day, name: string): Promise<CuratedItem> {
      const found = (await days())
        .find((one) => one.day === day)
        ?.items.find((one) => one.name === name)
      if (!found) throw new Error(`${name} is not among the items of ${day}`)
      return found
    },

    /** What the day shows, in order. */
    async shown(day: Day): Promise<string[]> {
      const items = (await days()).find((one) => one.day === day)?.items ?? []
      return items.filter(({ hiddenBy }) => hiddenBy.length === 0).map(({ fileName }) => fileName)
    },

    /** Updates, and tells the others what came of it where the account is known; the app does so once its screen is free. */
    async update(choice: Partial<UpdateOptions> = {}): Promise<Receipt> {
      const receipt = await update(
        { ...outside, ...options.making, folder },
        { profile, ...choice },
      )
      if (receipt.isFresh) await attempt(() => tellReceiptWhenDue(outside, { profile, ...choice }))
      return receipt
    },

    /** Looks as the app does by itself: sends and learns, and moves no media. */
    look: () => refresh(outside, { profile, isAutomatic: true }),

    publish: () => {
      if (!remote) throw new Error('this device has no sync folder')
      return publish({ store, clock, remote }, { profile })
    },

    outbox: () => store.outbox(profile),
  }
}

export type DeviceDouble = Awaited<ReturnType<typeof openDevice>>
