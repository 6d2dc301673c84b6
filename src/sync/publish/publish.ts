import type { StampedAct } from '../../domain/act.ts'
import { barsTheWay, Failed, failureOf, type Failure } from '../../domain/failure.ts'
import { isRefusal, keepAccess, learnAccess, tellingReaders } from './access.ts'
import { attempt } from '../attempt.ts'
import { accessHoldsMs, isRecent, personNeedsMs } from './due.ts'
import { knownKeys, settingsOf } from '../facts.ts'
import { insist, type RunPorts } from './insist.ts'
import { keepSent } from './keep-sent.ts'
import { putOwnFile, recallOwnFile } from './own-file.ts'
import { isSpared, keptBack, sparedBy } from './order.ts'
import { isOwnFileMissing } from './own-journal.ts'
import { patient } from '../patience.ts'
import type { Clock, OutboxItem, Remote, Store } from '../ports.ts'
import type { Trouble } from '../receipt.ts'
import { sendAct } from './send-act.ts'
import type { SendOptions } from './sending.ts'
import { sweep } from './sweep.ts'
import { openWaits, type WaitBook } from './waits.ts'
import { keepChanges, workingCopy } from './working-copy.ts'

export type PublishPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

export type PublishOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  /** True when nobody asked for it: acts that only a person can help wait a while before they are tried again. */
  readonly isAutomatic?: boolean | undefined
  /** Hears how far the file of an act is. */
  readonly onSent?: ((act: StampedAct, bytes: number) => void) | undefined
  /** Hears of each act that took effect. */
  readonly onDone?: ((act: StampedAct) => void) | undefined
}

/** How many acts went out, and what kept others back or changed their meaning. */
export type Published = { readonly sent: number; readonly troubles: readonly Trouble[] }

/** What is known before anything is sent: read once, since a run's own words are kept in its working copy. */
type Known = Pick<SendOptions, 'dayFormat' | 'keyOf'>

type Run = RunPorts & {
  readonly store: Store
  readonly asked: PublishPorts
  readonly waits: WaitBook
}

/**
 * Sends the outbox to the sync folder in order. An act that cannot be sent waits and lets the others pass, unless they
 * speak of the same file; what would meet every act (no network, a wrong password) ends the run and rejects. Where the
 * account turns out to be a reader's, nothing more is sent. What was done up to then stays done.
 */
export async function publish(ports: PublishPorts, options: PublishOptions): Promise<Published> {
  const { store } = ports
  const waiting = await store.outbox(options.profile)
  const [first] = waiting
  const isMissing = await isOwnFileMissing(store, options.profile)
  if (!first && !isMissing) return { sent: 0, troubles: [] }
  if (options.isAutomatic && (await isReader(ports, options.profile)))
    return { sent: 0, troubles: first ? [troubleOf(first.stamped, { kind: 'forbidden' })] : [] }
  const run = await openRun(ports, options)
  const published = await publishAll(run, waiting, { ...options, isMissing }).catch(
    async (error: unknown) => {
      // A disk too full for notes must not hide why the run ended: after a wrong password nothing more may be asked.
      await attempt(() => keepNotes(run, options))
      throw error
    },
  )
  await keepNotes(run, options)
  return published
}

async function publishAll(
  run: Run,
  waiting: readonly OutboxItem[],
  options: PublishOptions & { readonly isMissing: boolean },
): Promise<Published> {
  await run.copy.see('')
  await recallOwnFile(run, options)
  const unsent = waiting.filter(({ isSent }) => !isSent).map(({ stamped }) => stamped)
  const known = await knownTo(run, options)
  const { troubles, isOver } = await sendAll(run, unsent, { ...options, known })
  return { sent: isOver ? 0 : await settle(run, options), troubles }
}

async function keepNotes({ store, waits, copy }: Run, { profile }: PublishOptions): Promise<void> {
  await waits.keep()
  await keepChanges(store, profile, copy)
}

async function isReader({ store, clock }: PublishPorts, profile: string): Promise<boolean> {
  const access = await store.document(profile, 'access')
  if (!access || access.canWrite) return false
  return isRecent(access.at, { now: clock.now(), ms: personNeedsMs })
}

async function openRun(ports: PublishPorts, { profile, signal }: PublishOptions): Promise<Run> {
  const { store, clock } = ports
  const remote = patient(tellingReaders(ports.remote), { clock, signal })
  const copy = workingCopy(remote, signal)
  return { store, clock, remote, copy, asked: ports, waits: await openWaits(ports, profile) }
}

// What this device fetched or some device noted; and what the run itself put there since.
async function knownTo({ store, copy }: Run, { profile }: PublishOptions): Promise<Known> {
  const { dayFormat } = await settingsOf(store, profile)
  const known = await knownKeys(store, profile)
  return { dayFormat, keyOf: (place, entry) => copy.keyOf(entry) ?? known(place, entry) }
}

function troubleOf({ act }: StampedAct, failure: Failure): Trouble {
  return { name: act.name, failure }
}

/** `isOver` when the account may not write at all. */
async function sendAll(
  run: Run,
  unsent: readonly StampedAct[],
  options: PublishOptions & { readonly known: Known },
): Promise<{ readonly troubles: readonly Trouble[]; readonly isOver: boolean }> {
  const troubles: Trouble[] = []
  const kept = keptBack()
  let full: Failure | undefined
  let mayWrite: boolean | 'unknown' | undefined
  for (const stamped of unsent) {
    if (kept.holdsUp(stamped)) continue
    const waiting = await stillUnsent(run, options)
    if (!waiting.some(({ id }) => id === stamped.id) || isSpared(stamped, waiting)) continue
    const lastWord = options.isAutomatic ? run.waits.lastWord(stamped) : undefined
    const { overruled, failure } = lastWord
      ? { failure: lastWord }
      : await sendOrKeep(run, stamped, { ...options, full, spared: sparedBy(stamped, waiting) })
    if (overruled) troubles.push(troubleOf(stamped, overruled))
    if (!failure) continue
    troubles.push(troubleOf(stamped, failure))
    kept.add(stamped)
    // What was said an hour ago is tried with this act alone, not taken for granted for the others.
    if (failure.kind === 'remote-full' && !lastWord) full = failure
    if (isRefusal(failure) && !lastWord)
      mayWrite ??= (await mayStillWrite(run, options)) ?? 'unknown'
    if (mayWrite === false) return { troubles, isOver: true }
  }
  return { troubles, isOver: false }
}

// A big file takes its time, and its VO may think better of the acts behind it.
async function stillUnsent({ store }: Run, { profile }: PublishOptions): Promise<StampedAct[]> {
  const waiting = await store.outbox(profile)
  return waiting.flatMap(({ stamped, isSent }) => (isSent ? [] : [stamped]))
}

// What is forbidden may be one folder or the whole account.
async function mayStillWrite(
  { asked }: Run,
  options: PublishOptions,
): Promise<boolean | undefined> {
  const { value, failure } = await attempt(() => learnAccess(asked, options))
  if (failure && meetsEveryAct(failure)) throw new Failed(failure)
  return value?.canWrite
}

/** What came of one act: it waits because of a failure, or was sent, perhaps without effect because of another. */
type Outcome = { readonly failure?: Failure | undefined; readonly overruled?: Failure | undefined }

type SendChoice = PublishOptions & {
  readonly known: Known
  /** The removal that need not be sent because this act takes it back. */
  readonly spared: StampedAct | undefined
}

async function sendOrKeep(
  run: Run,
  stamped: StampedAct,
  options: SendChoice & { readonly full: Failure | undefined },
): Promise<Outcome> {
  // 300 MB would be sent only to hear the same once more.
  if (options.full && stamped.act.do === 'add') return { failure: options.full }
  try {
    return await sendOne(run, stamped, options)
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    run.waits.note(stamped, failure)
    if (meetsEveryAct(failure)) throw error
    return { failure }
  }
}

async function sendOne(
  run: Run,
  stamped: StampedAct,
  { profile, signal, onSent, onDone, known, spared }: SendChoice,
): Promise<Outcome> {
  const told = onSent && {
    onSent: (bytes: number) => {
      onSent(stamped, bytes)
    },
  }
  const send = () => sendAct(run, stamped, { ...known, signal, ...told })
  const { put, overruled } = await insist(run, send, { signal })
  if (put) run.copy.noteKey(put.entry, put.key)
  // In this order: should it end in between, what was taken back is never sent by itself.
  if (spared) await keepSent(run, spared, { profile, put: undefined })
  await keepSent(run, stamped, { profile, put })
  for (const done of spared ? [spared, stamped] : [stamped]) onDone?.(done)
  return overruled ? { overruled } : {}
}

// Only what would meet every other act as well ends a run; so does a sync folder that is gone, and a server that said
// again and again that it cannot: film after film would be sent in vain.
function meetsEveryAct(failure: Failure): boolean {
  if (failure.kind === 'not-found') return failure.path === ''
  if (failure.kind === 'server') return failure.status >= 502 && failure.status <= 504
  return barsTheWay(failure) || failure.kind === 'not-webdav'
}

/** Writes this device's file, then lets go of the acts that are in it. */
async function settle(
  run: Run,
  { profile, signal, isMissing }: PublishOptions & { readonly isMissing: boolean },
): Promise<number> {
  const { store, clock } = run
  const sent = (await store.outbox(profile)).filter(({ isSent }) => isSent)
  if (sent.length === 0 && !isMissing) return 0
  const { value: entry, failure } = await attempt(() => putOwnFile(run, { profile, signal }))
  if (failure?.kind === 'forbidden') await keepAccess(run, profile, false)
  // A lost file that cannot be written again is nobody's trouble as long as no act waits for it.
  if (failure && sent.length === 0 && !meetsEveryAct(failure)) return 0
  if (failure) throw new Failed(failure)
  await store.dequeue(
    profile,
    sent.map(({ stamped }) => stamped.id),
  )
  const known = await store.document(profile, 'access')
  const isKnown = known?.canWrite && isRecent(known.at, { now: clock.now(), ms: accessHoldsMs })
  if (isKnown) return sent.length
  // Once a day, as often as access is learned.
  await keepAccess(run, profile, true)
  await sweep(run, { profile, signal, serverNow: entry.modified })
  return sent.length
}
