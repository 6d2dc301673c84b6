import { barsTheWay, type Failure } from '../../domain/failure.ts'
import type { Window } from '../../domain/meeting.ts'
import { attempt } from '../attempt.ts'
import { bring } from '../bring.ts'
import type { Look } from '../look/look.ts'
import type { Catalogue, Clock, Remote, Store } from '../ports.ts'
import { hasWeekForAll, isAccessDue, isSendingDue } from '../publish/due.ts'
import { progressIn, type Progress, type Trouble } from '../receipt.ts'
import type { Worker } from '../steps.ts'

export type OutsidePorts = {
  readonly store: Store
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly worker: Worker
  /** Opens the sync folder for sending; undefined without congregation sync. */
  readonly connect?: (() => Promise<Remote>) | undefined
}

export type OutsideOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** True when nobody asked for it: acts that only a person can help wait a while before they are tried again. */
  readonly isAutomatic?: boolean | undefined
  /** The user's word that what vanished may go here too. */
  readonly acceptVanished?: boolean | undefined
}

/** What an update could learn from outside; `isFresh` when the sync folder answered, or there is none. */
export type Outside = {
  readonly isFresh: boolean
  readonly look: Look
  readonly troubles: readonly Trouble[]
  readonly failure?: Failure | undefined
}

const nothingSeen: Look = { unreadable: [] }

/** Sends what waits, then learns what the sync folder and the catalogue hold. What cannot be reached stays as stored. */
export async function lookOutside(
  ports: OutsidePorts,
  window: Window,
  options: OutsideOptions,
): Promise<Outside> {
  const sent = await attempt(() => sendWaiting(ports, options))
  // After a wrong password or a lost network nothing more is asked: some servers lock an account that keeps trying.
  const isBarred = sent.failure !== undefined && barsTheWay(sent.failure)
  const looked = isBarred ? sent : await attempt(() => lookAround(ports, window, options))
  const catalogue = await attempt(() => refreshCatalogue(ports, window, options))
  const look = looked.value && 'unreadable' in looked.value ? looked.value : nothingSeen
  const clockFailure = look.isClockWrong ? ({ kind: 'clock' } as const) : undefined
  const failure = looked.failure ?? clockFailure ?? sent.failure ?? catalogue.failure
  return {
    isFresh: looked.failure === undefined,
    look,
    troubles: sent.value ?? [],
    ...(failure && { failure }),
  }
}

// What sends is half of all this: it comes when there is something to send.
async function sendWaiting(
  { store, clock, connect }: OutsidePorts,
  options: OutsideOptions,
): Promise<readonly Trouble[]> {
  if (!connect || !(await isSendingDue(store, options.profile))) return []
  const sender = await bring(() => import('../publish/sender.ts'))
  return sender.sendWaiting({ store, clock, remote: await connect() }, options)
}

/** Tells the others what this device read in JW.org’s publications, where they do not know it yet. */
export async function tellWeeksWhenDue(
  { store, clock, connect }: OutsidePorts,
  options: OutsideOptions,
): Promise<void> {
  if (!connect || !(await hasWeekForAll(store, options.profile))) return
  const { dueWeeks } = await bring(() => import('../weeks/due-weeks.ts'))
  const due = await dueWeeks({ store, clock }, options.profile)
  if (due.length === 0) return
  const sender = await bring(() => import('../publish/sender.ts'))
  await sender.tellWeeks({ store, clock, remote: await connect() }, due, options)
}

/** Tells the others what this device has since its last update, where they do not know it yet. */
export async function tellReceiptWhenDue(
  { store, clock, connect }: Pick<OutsidePorts, 'store' | 'clock' | 'connect'>,
  { profile, signal }: OutsideOptions,
): Promise<void> {
  if (!connect || !(await store.document(profile, 'untold'))?.receipt) return
  const { tellReceipt } = await bring(() => import('../publish/tell-receipt.ts'))
  await tellReceipt({ store, clock, connect }, { profile, signal })
}

/** Learns whether the account may write, where that is not known for today. */
export async function learnAccessWhenDue(
  { store, clock, connect }: OutsidePorts,
  options: OutsideOptions,
): Promise<void> {
  if (!connect || !(await isAccessDue({ store, clock }, options.profile))) return
  const sender = await bring(() => import('../publish/sender.ts'))
  await sender.learnAgain({ store, clock, remote: await connect() }, options)
}

async function lookAround(
  { connect, worker }: OutsidePorts,
  window: Window,
  { profile, signal, onProgress, acceptVanished }: OutsideOptions,
): Promise<Look> {
  if (!connect) return nothingSeen
  onProgress?.(progressIn('looking'))
  const result = await worker.run({ do: 'look', profile, window, acceptVanished }, { signal })
  return result.did === 'look' ? result : nothingSeen
}

// What JW.org publishes is read by much code: it comes once the screen is there.
async function refreshCatalogue(
  ports: OutsidePorts,
  window: Window,
  options: OutsideOptions,
): Promise<void> {
  const catalogue = await bring(() => import('./refresh-catalogue.ts'))
  await catalogue.refreshCatalogue(ports, window, options)
}
