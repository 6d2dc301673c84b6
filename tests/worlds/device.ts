import { curateRecurring } from '../../src/domain/curation.ts'
import { inverse, type Act, type StampedAct } from '../../src/domain/act.ts'
import type { Journal } from '../../src/domain/journal.ts'
import { curatedDays } from '../../src/domain/curated-days.ts'
import type { Day } from '../../src/domain/day.ts'
import { isShown } from '../../src/domain/media.ts'
import { failureOf } from '../../src/domain/failure.ts'
import { windowOf } from '../../src/domain/meeting.ts'
import { outputFiles } from '../../src/domain/output.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { discard, record } from '../../src/sync/acts.ts'
import { attempt } from '../../src/sync/attempt.ts'
import { contentKey } from '../../src/sync/content-key.ts'
import { journalOf, loadFacts } from '../../src/sync/facts.ts'
import type { Catalogue } from '../../src/sync/ports.ts'
import type { Receipt } from '../../src/sync/receipt.ts'
import { isOwnFileMissing } from '../../src/sync/publish/own-journal.ts'
import { tellReceiptWhenDue } from '../../src/sync/update/outside.ts'
import { refresh } from '../../src/sync/update/refresh.ts'
import { update } from '../../src/sync/update/update.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import { memoryFolder } from '../doubles/memory-folder.ts'
import { memoryStore } from '../doubles/memory-store.ts'
import { startApp } from './app.ts'
import { lostFiles, type DiskSight } from './disk.ts'
import { Crashed, newLife, type Life } from './life.ts'
import { newHands } from './hands.ts'
import { foreign } from './scenery.ts'
import type { SetClock } from './time.ts'
import { trulyShown } from './truth.ts'
import type { Turns } from './turns.ts'
import type { Break } from './world.ts'

export const profile = 'congregation'

const dayMs = 86_400_000

export type DeviceOptions = {
  readonly id: string
  readonly server: FaultyServer
  readonly clock: SetClock
  readonly catalogue: Catalogue
  readonly user: 'vo' | 'hall'
  /** Hears of every act as it is done, and of the ids of those that the device knows of then. */
  readonly onAct: (act: StampedAct, known: ReadonlySet<string>) => void
  readonly onDiscarded: (act: StampedAct) => void
  /** Hears of every promise that was broken on the way. */
  readonly onBroken: (text: string) => void
  /** The text behind each content key. */
  readonly texts: ReadonlyMap<string, string>
  /** What day it truly is. */
  readonly trueToday: () => Day
  /** How often a marker came or went in the sync folder so far. */
  readonly markerChanges: () => number
  /** Whose request comes next, where several devices are at work. */
  readonly turns: () => Turns
}

/** A device whose app may be ended at any moment and opened again: store and media folder stay. */
export async function openDevice({
  id,
  server,
  clock,
  catalogue,
  user,
  onAct,
  onDiscarded,
  onBroken,
  texts,
  trueToday,
  markerChanges,
  turns,
}: DeviceOptions) {
  let isOnline = true
  let isDaysOff = false
  // Names of files that were given up here since the sync folder was last seen: who else added them is not known yet.
  const givenUp = new Set<string>()
  const done: StampedAct[] = []
  // What was said long ago leaves the journal; whoever heard it knows it still.
  const known = new Set<string>()
  const connection = server.connection(user)
  let lives = 1
  let store = await newStore()
  const folder = memoryFolder()

  async function newStore() {
    const fresh = memoryStore({ deviceId: lives === 1 ? id : `${id}-life-${lives}` })
    await fresh.putProfile({ id: profile, name: 'Hall', connection })
    await fresh.putDocument(profile, 'settings', {
      ...defaultSettings,
      meetings: { midweek: 2, weekend: 5 },
    })
    return fresh
  }

  /** The app from one start to its end. */
  function start(life: Life) {
    return startApp(life, {
      id,
      server,
      connection,
      store,
      folder,
      clock,
      catalogue,
      isOnline: () => isOnline,
      turns: turns(),
      onBroken,
    })
  }

  async function facts() {
    return loadFacts(store, profile)
  }

  async function days() {
    const known = await facts()
    return curatedDays(known, windowOf(clock.today(), known.settings.weeks))
  }

  async function truth(): Promise<Set<string>> {
    const outbox = await store.outbox(profile)
    const unsent = outbox.filter(({ isSent }) => !isSent).map(({ stamped }) => stamped.act)
    // A clock that is days off is no reason to let anything go.
    const today = isDaysOff ? trueToday() : clock.today()
    return trulyShown({ facts: await facts(), unsent, today, server, texts })
  }

  async function sight(): Promise<DiskSight> {
    const { settings, journal } = await facts()
    const circumstances = JSON.stringify([settings, markerChanges()])
    const known = await days()
    const wanted = outputFiles(known).map(({ path }) => path)
    const hidden = known.flatMap(({ day, items }) =>
      items.filter((item) => !isShown(item)).map(({ fileName }) => `${day}/${fileName}`),
    )
    const isGivenUp = (path: string) => givenUp.has(path.slice(11)) && !wanted.includes(path)
    const isRemoved = (path: string) => wasRemoved(path, journal) || isGivenUp(path)
    const [shown, tree] = [await truth(), await folder.tree()]
    return { shown, tree, circumstances, wanted, hidden, isRemoved }
  }

  async function demandKept(before: DiskSight) {
    for (const file of lostFiles(before, await sight())) onBroken(`the disk of ${id} lost ${file}`)
  }

  async function act(next: Act, body?: Blob): Promise<void> {
    const blobs = body ? [{ key: await contentKey(body), body }] : []
    for (const { id: heard } of await journalOf(store, profile)) known.add(heard)
    const stamped = await record({ store, clock }, profile, { act: next, blobs })
    done.push(stamped)
    onAct(stamped, new Set(known))
  }

  return {
    id,
    user,
    get store() {
      return store
    },
    folder,
    days,
    facts,
    today: () => clock.today(),
    recurring: async () => curateRecurring(await facts()),
    acts: done as readonly StampedAct[],

    ...newHands({ facts, days, act }),

    async undo(): Promise<void> {
      const last = done.at(-1)
      if (last) await act(inverse(last))
    },

    /** Gives up an act that waits. */
    async discard(index: number): Promise<void> {
      const waiting = (await store.outbox(profile)).filter(({ isSent }) => !isSent)
      const picked = waiting[index % Math.max(1, waiting.length)]
      if (!picked) return
      await discard({ store }, profile, picked.stamped.id)
      const isGivenUp = ({ id: act }: StampedAct) => act === picked.stamped.id
      done.splice(done.findIndex(isGivenUp), 1)
      if (picked.stamped.act.do === 'add') givenUp.add(picked.stamped.act.name)
      onDiscarded(picked.stamped)
    },

    /** "Update media folders"; undefined when the app ended before it was done. */
    async update(broken?: Break, acceptVanished = false): Promise<Receipt | undefined> {
      const isClean = (await store.outbox(profile)).length === 0
      const before = await sight()
      const life = newLife(broken)
      const app = start(life)
      const options = { profile, acceptVanished, signal: life.signal }
      const receipt = await orCrash(() => update(app, options))
      if (receipt?.isFresh) await orCrash(() => attempt(() => tellReceiptWhenDue(app, options)))
      // What this device alone knows yet counts for its own disk.
      if (isClean) await demandKept(before)
      if (receipt?.isFresh) givenUp.clear()
      return receipt
    },

    async look(broken?: Break): Promise<void> {
      const life = newLife(broken)
      const { signal } = life
      await orCrash(() => refresh(start(life), { profile, isAutomatic: true, signal }))
    },

    /** Somebody at the device takes a file of its media folder away, or copies it onto itself. */
    async meddle(index: number, what: 'drop' | 'touch'): Promise<void> {
      const paths = Object.keys(await folder.tree()).filter((path) => !(path in foreign.disk))
      const path = paths[index % Math.max(1, paths.length)]
      if (path !== undefined) folder[what](path)
    },

    /** Somebody clears the browser's data: what was not sent is gone, the congregation is set up again. */
    async loseData(): Promise<void> {
      for (const { stamped } of await store.outbox(profile)) onDiscarded(stamped)
      done.length = 0
      known.clear()
      lives += 1
      store = await newStore()
    },

    setClock(aheadMs: number): void {
      isDaysOff = Math.abs(aheadMs) > dayMs
      clock.setAhead(aheadMs)
    },

    /** Whether it saw that its own file is missing, and may write it again. */
    owesItsFile: async () => user === 'vo' && (await isOwnFileMissing(store, profile)),

    setOnline(next: boolean): void {
      isOnline = next
    },
  }
}

export type Device = Awaited<ReturnType<typeof openDevice>>

async function orCrash<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run()
  } catch (error) {
    const isCancelled = error instanceof DOMException && error.name === 'AbortError'
    const isDiskFull = failureOf(error)?.kind === 'quota'
    // A full disk is told on the screen.
    if (error instanceof Crashed || isCancelled || isDiskFull) return undefined
    throw error
  }
}

function wasRemoved(path: string, journal: Journal): boolean {
  const [place, name] = [path.slice(0, 10), path.slice(11)]
  const words = journal.flatMap(({ act }) => {
    if (act.do === 'add' || act.do === 'restore') return [{ ...act, isGone: false }]
    if (act.do === 'remove') return [{ ...act, isGone: true }]
    if (act.do !== 'move') return []
    return [
      { place: act.place, name: act.name, isGone: true },
      { place: act.into, name: act.to, isGone: false },
    ]
  })
  return words.findLast((word) => word.place === place && word.name === name)?.isGone === true
}
