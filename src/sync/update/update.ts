import { curatedDays } from '../../domain/curated-days.ts'
import { mayLeaveEarly } from '../../domain/departure.ts'
import type { Place } from '../../domain/day.ts'
import { placeOf } from '../../domain/layout.ts'
import { refOf, sourceOf } from '../../domain/media.ts'
import { planUpdate, wantedFiles, type Held, type Step } from '../../domain/plan.ts'
import { attempt } from '../attempt.ts'
import { isWindowKnown } from './certainty.ts'
import { exportedOf } from '../export/exported.ts'
import { isMade, tendMade } from '../export/made.ts'
import type { PreparePorts } from '../export/outputs.ts'
import { loadFacts } from '../facts.ts'
import { carryOutPlan } from './carry-out-plan.ts'
import { exportTo } from './export-to.ts'
import { lostFiles } from './lost.ts'
import { noteForOthers } from './note-for-others.ts'
import { lookOutside, type Outside, type OutsideOptions, type OutsidePorts } from './outside.ts'
import type { MediaFolder, Store } from '../ports.ts'
import { wordsOf } from '../possession.ts'
import { windowNow } from './refresh.ts'
import { receiptOf } from './receipt-of.ts'
import type { Receipt, Trouble } from '../receipt.ts'

export type UpdatePorts = OutsidePorts &
  Pick<PreparePorts, 'converters' | 'outgoing'> & {
    /** The media folder, where one is chosen and may be written. */
    readonly folder?: MediaFolder | undefined
  }

export type UpdateOptions = OutsideOptions

/** What was gone for so long leaves this device for good. */
const keptGoneMs = 7 * 86_400_000

/**
 * "Update media folders": sends what waits, looks at the sync folder and the catalogue, stores what the curated days
 * need, and writes the media folder. What cannot be reached is replaced by what is stored; the receipt says so.
 * One update of a profile at a time: the caller holds the lock.
 */
export async function update(ports: UpdatePorts, options: UpdateOptions): Promise<Receipt> {
  const { store, clock } = ports
  const { profile } = options
  const window = await windowNow(ports, profile)
  const outside = await lookOutside(ports, window, options)
  const planned = curatedDays(await loadFacts(store, profile), window)
  const plan = planUpdate(await heldBy(store, profile), wantedFiles(planned), clock.now())
  // What is here and only may have changed can wait for the sync folder.
  const steps = outside.isFresh ? plan : plan.filter((step) => !isInDoubt(step))
  const unstored = await carryOutPlan(ports, steps, { ...options, isFresh: outside.isFresh })
  const facts = await loadFacts(store, profile)
  const days = curatedDays(facts, window)
  const isShared = ports.connect !== undefined
  const isKnown = await isWindowKnown(ports, { profile, window, isShared })
  const unread = await unreadDays(store, profile)
  const exported = await exportTo(ports, days, {
    ...options,
    settings: facts.settings,
    isKnown,
    isUnread: (day) => unread.has(day),
    mayLeaveEarly: mayLeaveEarly(days, facts.journal),
  })
  await attempt(() => tendMade(ports, days, { profile, media: facts.settings.media }))
  await tidy(ports, profile)
  const { odd } = facts.contents
  const lost = lostFiles((await store.document(profile, 'catalogue')) ?? {}, {
    days,
    markers: facts.contents.markers,
  })
  const waiting = isShared ? (await store.outbox(profile)).length : 0
  const receipt = {
    ...receiptOf({
      outside: withTroubles(outside, lost),
      steps: steps.filter((step) => !isAgain(step)),
      unstored,
      exported,
      days,
      odd,
      isKnown,
      waiting,
    }),
    at: clock.now(),
    fingerprint: await wordsOf(days),
    ...(ports.connect && (await asOf(store, profile))),
  }
  // A device that is too full to remember it says it all the same.
  await attempt(async () => {
    await store.putDocument(profile, 'receipt', receipt)
    if (exported?.value)
      await store.putDocument(profile, 'exported', exportedOf(days, exported.value))
    if (isShared) await noteForOthers(ports, receipt, { profile, window, days, facts, exported })
  })
  return receipt
}

function isInDoubt(step: Step): boolean {
  return isAgain(step) || (step.do === 'forget' && step.isAtLast === true)
}

function isAgain(step: Step): boolean {
  return step.do === 'fetch' && step.isAgain === true
}

// A folder that could not be read is told like a file that could not be had: what was known of it holds.
function withTroubles(outside: Outside, lost: readonly Trouble[]): Outside {
  const { troubles, look } = outside
  return { ...outside, troubles: [...troubles, ...(look.unread ?? []), ...lost] }
}

async function asOf(store: Store, profile: string): Promise<{ asOf?: number }> {
  const listing = await store.document(profile, 'listing')
  return listing ? { asOf: listing.at } : {}
}

async function heldBy(store: Store, profile: string): Promise<Held> {
  const [files, blobs, catalogue] = await Promise.all([
    store.heldFiles(profile),
    store.blobKeys(),
    store.document(profile, 'catalogue'),
  ])
  const publications = Object.values(catalogue ?? {}).flatMap((week) => week.publications ?? [])
  // What was made here is tended apart: nothing outside says that it is wanted.
  const fromOutside = files.filter((file) => !isMade(file))
  return {
    files: fromOutside,
    blobs,
    kept: new Set(publications.map((file) => refOf(sourceOf(file)))),
  }
}

async function unreadDays(store: Store, profile: string): Promise<ReadonlySet<Place>> {
  const { unread = [] } = (await store.document(profile, 'listing')) ?? {}
  return new Set(unread.flatMap((folder) => placeOf(folder) ?? []))
}

async function tidy({ store, clock }: UpdatePorts, profile: string): Promise<void> {
  const oldest = clock.now() - keptGoneMs
  const held = await store.heldFiles(profile)
  const gone = held
    .filter(({ goneAt }) => goneAt !== undefined && goneAt < oldest)
    .map(({ ref }) => ref)
  if (gone.length > 0) await store.dropFiles(profile, gone)
  await store.collect(oldest)
}
