import { useIntervalFn, useThrottleFn } from '@vueuse/core'
import { computed, readonly, ref, shallowReadonly, shallowRef, type InjectionKey } from 'vue'
import type { Facts } from '../domain/curation.ts'
import type { Day, Week } from '../domain/day.ts'
import type { CatalogueWeek } from '../domain/media.ts'
import {
  defaultSettings,
  readSettings,
  type ForcedSettings,
  type Settings,
} from '../domain/settings.ts'
import { loadFacts } from '../sync/facts.ts'
import type {
  Access,
  Exported,
  InboxFile,
  OutboxItem,
  Profile,
  StoredListing,
  Waits,
} from '../sync/ports.ts'
import type { HeldFile } from '../domain/plan.ts'
import { createOpenProfile, type Shelves } from './open-profile.ts'
import type { Ports } from './ports.ts'

/** What the store holds of the congregation that is open, read as one. */
export type Snapshot = {
  readonly profile: Profile
  readonly facts: Facts
  /** What was learned of JW.org's programme, besides the items. */
  readonly programme: Readonly<Record<Week, CatalogueWeek>>
  readonly ownSettings: Settings
  readonly forced: ForcedSettings
  /** When the congregation last changed what it has forced, milliseconds since 1970; undefined where nobody knows. */
  readonly forcedAt: number | undefined
  /** Settings that the congregation's file gives values which make no sense, by their paths there. */
  readonly ignored: readonly string[]
  readonly listing: StoredListing | undefined
  readonly outbox: readonly OutboxItem[]
  /** Undefined until it was learned. */
  readonly access: Access | undefined
  readonly waits: Waits
  /** Nothing goes out by itself: the user stopped the sending, in this tab or another. */
  readonly isPaused: boolean
  readonly held: ReadonlyMap<string, HeldFile>
  readonly exported: Exported
}

const calmMs = 1000
const minuteMs = 60_000

/** The open congregation, kept in step with the store whoever writes to it: this page, another tab, the service worker. */
export function createSession(ports: Ports, shelves?: Shelves) {
  const chosen = createOpenProfile(shelves)
  const snapshot = shallowRef<Snapshot>()
  const profiles = shallowRef<readonly Profile[]>([])
  const inbox = shallowRef<readonly InboxFile[]>([])
  const departures = ref(0)
  const isReady = ref(false)
  const today = ref<Day>(ports.clock.today())

  async function refresh(): Promise<void> {
    const [known, waiting] = await Promise.all([ports.store.profiles(), ports.store.inbox()])
    const profile = chosen.among(known)
    const next = profile && (await readSnapshot(ports, profile))
    // At once: whoever sees that the last congregation is gone must not find it open any more.
    profiles.value = known
    inbox.value = waiting
    if (snapshot.value && snapshot.value.profile.id !== profile?.id) departures.value += 1
    snapshot.value = next
    today.value = ports.clock.today()
    isReady.value = true
  }

  const refreshSoon = inTurn(refresh)
  // An update writes many times a second; the first change shows at once, a row of them at a pace that eyes can follow.
  const refreshCalmly = useThrottleFn(refreshSoon, calmMs, true)
  ports.onStoreChange(() => void refreshCalmly())
  // A hall's PC stays on over midnight.
  useIntervalFn(() => (today.value = ports.clock.today()), minuteMs)

  return {
    ports,
    // Not `readonly`, which would wrap each of thousands of entries again whenever it is looked at.
    snapshot: shallowReadonly(snapshot),
    isReady: readonly(isReady),
    today: readonly(today) as typeof today,
    profile: computed(() => snapshot.value?.profile),
    /** All congregations on this device. */
    profiles: shallowReadonly(profiles),
    /** What was shared with this device and has no day yet. */
    inbox: shallowReadonly(inbox),
    /** How often a congregation was left for another one: what a screen keeps to itself belongs to the one before. */
    departures: readonly(departures),
    settings: computed(() => snapshot.value?.facts.settings ?? defaultSettings),
    refresh: refreshSoon,

    /** Opens a congregation that is on this device. */
    open: async (id: string): Promise<void> => {
      chosen.choose(id)
      await refreshSoon()
    },

    /** Closes the open one, as if there were none, until another one is set up. */
    beginAnother: async (): Promise<void> => {
      chosen.beginAnother()
      await refreshSoon()
    },

    /** Opens again what was open before another one was begun. */
    goBack: async (): Promise<void> => {
      chosen.goBack()
      await refreshSoon()
    },
  }
}

export type Session = ReturnType<typeof createSession>

export const sessionKey: InjectionKey<Session> = Symbol('session')

async function readSnapshot({ store }: Ports, profile: Profile): Promise<Snapshot> {
  const [facts, programme, own, forced, listing, outbox, held, access, waits, pause, exported] =
    await Promise.all([
      loadFacts(store, profile.id),
      store.document(profile.id, 'catalogue'),
      store.document(profile.id, 'settings'),
      store.document(profile.id, 'forced'),
      store.document(profile.id, 'listing'),
      store.outbox(profile.id),
      store.heldFiles(profile.id),
      store.document(profile.id, 'access'),
      store.document(profile.id, 'waits'),
      store.document(profile.id, 'pause'),
      store.document(profile.id, 'exported'),
    ])
  return {
    profile,
    facts,
    programme: programme ?? {},
    ownSettings: readSettings(own),
    forced: forced?.forced ?? {},
    forcedAt: forced?.at,
    ignored: forced?.ignored ?? [],
    listing,
    outbox,
    access,
    waits: waits ?? {},
    isPaused: pause?.isPaused ?? false,
    held: new Map(held.map((file) => [file.ref, file])),
    exported: exported ?? {},
  }
}

/** Runs a task again after the one under way, however often it was asked for meanwhile. */
function inTurn(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  return () => {
    if (!running) {
      running = task().finally(() => (running = undefined))
      return running
    }
    const begin = () => {
      next = undefined
      running = task().finally(() => (running = undefined))
      return running
    }
    // Whoever asked for the one under way hears if it fails; the next one has its own fate.
    next ??= running.then(begin, begin)
    return next
  }
}
