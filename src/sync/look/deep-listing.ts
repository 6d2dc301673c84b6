// One request for all there is, where a server is proven to tell the truth that way: several say "all" and list one
// level, or the first thousand. A deep listing may bring what is new; it never takes anything away.
import { barsTheWay, Failed, type Failure } from '../../domain/failure.ts'
import { looksCut } from '../../domain/gate.ts'
import {
  devicesFolder,
  forcedPath,
  hiddenTop,
  mediaTop,
  parentOf,
  placeOf,
  syncTop,
  versionOf,
  type Entry,
  type Listing,
} from '../../domain/layout.ts'
import { isSameVersion } from '../../domain/media.ts'
import type { Window } from '../../domain/meeting.ts'
import { attempt } from '../attempt.ts'
import type { Clock, DeepListing, Remote, Store } from '../ports.ts'
import { asIfWalked, foldersAmong, type Walked } from './walk.ts'

type DeepPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type DeepOptions = {
  readonly profile: string
  readonly window: Window
  readonly signal?: AbortSignal | undefined
}

// What a server was found to do is asked again once a day: it may have been updated, or what it holds may have grown.
const proofMs = 86_400_000

/** What is known of deep listings, unless it is a day old or from a clock that went wrong. */
export async function knownDeep(
  { store, clock }: Pick<DeepPorts, 'store' | 'clock'>,
  profile: string,
): Promise<DeepListing | undefined> {
  const known = await store.document(profile, 'deepListing')
  const ageMs = known ? clock.now() - known.at : proofMs
  return ageMs >= 0 && ageMs < proofMs ? known : undefined
}

/**
 * The window by one request; undefined where the server is not proven, refuses or fails this time, or seems to have cut
 * its answer. Rejects with what would meet every other request as well.
 */
export async function deepLook(
  ports: DeepPorts,
  { profile, window, signal }: DeepOptions,
): Promise<Walked | undefined> {
  if (!(await knownDeep(ports, profile))?.isTrue) return undefined
  const { value: entries, failure } = await attempt(() => ports.remote.listDeep('', { signal }))
  // So much at once may be what made the line look dead: the next look walks, and has it proven anew.
  if (failure?.kind === 'unreachable') await ports.store.putDocument(profile, 'deepListing', never)
  if (failure && barsTheWay(failure)) throw new Failed(failure)
  if (!entries || !holdsOnlyOurs(entries)) await keepDeep(ports, profile, false)
  return entries && !seemsCut(entries) ? asIfWalked(entries, window) : undefined
}

const never: DeepListing = { isTrue: false, at: 0 }

export async function keepDeep(
  { store, clock }: Pick<DeepPorts, 'store' | 'clock'>,
  profile: string,
  isTrue: boolean,
): Promise<void> {
  await store.putDocument(profile, 'deepListing', { isTrue, at: clock.now() })
}

// Up to here nobody notices, and every request that is spared spares the server too.
const unnoticedMs = 250

/**
 * Asks for a deep listing right after a walk that took `walkMs`, and keeps whether it told the same, no slower. Rejects
 * only after a wrong password.
 */
export async function proveDeep(
  ports: DeepPorts,
  walked: Walked,
  { profile, walkMs, signal }: Omit<DeepOptions, 'window'> & { readonly walkMs: number },
): Promise<void> {
  if (!canProve(walked) || (await knownDeep(ports, profile))) return
  const { remote, clock } = ports
  const startedAt = clock.now()
  const { entries, failure } = await listDeepSoon(remote, Math.max(walkMs, unnoticedMs), signal)
  demandAccount(failure)
  if (failure && barsTheWay(failure)) return
  const isSlow = clock.now() - startedAt > Math.max(walkMs, unnoticedMs)
  const isTrue =
    entries && !isSlow && !seemsCut(entries)
      ? await isAgreed(remote, { walked, entries }, signal)
      : false
  if (isTrue !== undefined) await keepDeep(ports, profile, isTrue)
}

// A proof that fails is nobody's trouble; but after a wrong password nothing more may be asked.
function demandAccount(failure: Failure | undefined): void {
  if (failure?.kind === 'unauthorized') throw new Failed(failure)
}

// A lie shows two levels down; and where the sync folder is a whole account, "all there is" may be far too much.
function canProve({ listing, troubles }: Walked): boolean {
  const isDeep = ({ path, kind }: Entry) => kind === 'file' && path.split('/').length > 2
  return troubles.length === 0 && listing.entries.some(isDeep) && holdsOnlyOurs(listing.entries)
}

function holdsOnlyOurs(entries: readonly Entry[]): boolean {
  const ours: readonly string[] = [mediaTop, hiddenTop, syncTop]
  const tops = [...foldersAmong(entries)].filter((path) => parentOf(path) === '')
  return tops.every((path) => ours.includes(path))
}

function seemsCut(entries: readonly Entry[]): boolean {
  const counts = new Map<string, number>()
  for (const { path } of entries) counts.set(parentOf(path), (counts.get(parentOf(path)) ?? 0) + 1)
  return looksCut(entries.length) || [...counts.values()].some(looksCut)
}

type Deep = {
  readonly entries?: readonly Entry[] | undefined
  readonly failure?: Failure | undefined
}

// Nobody waits for a proof: a server that takes much longer than the walk has lost anyway.
async function listDeepSoon(remote: Remote, mostMs: number, signal?: AbortSignal): Promise<Deep> {
  const bound = new AbortController()
  const timer = AbortSignal.timeout(Math.ceil(mostMs))
  for (const end of [timer, signal]) {
    const stop = () => {
      bound.abort(end?.reason)
    }
    end?.addEventListener('abort', stop, { once: true, signal: bound.signal })
    if (end?.aborted) stop()
  }
  try {
    const { value, failure } = await attempt(() => remote.listDeep('', { signal: bound.signal }))
    return { entries: value, failure }
  } catch (error) {
    if (timer.aborted && !signal?.aborted) return {}
    throw error
  }
}

// Undefined where somebody changed the sync folder in between: the next look tries again.
async function isAgreed(
  remote: Remote,
  { walked, entries }: { readonly walked: Walked; readonly entries: readonly Entry[] },
  signal?: AbortSignal,
): Promise<boolean | undefined> {
  const { listing } = walked
  const told = new Map(entries.map((entry) => [entry.path, entry]))
  const missing = listing.entries.find(({ path }) => !told.has(path))
  if (missing) {
    const { value: there, failure } = await attempt(() => remote.stat(missing.path, { signal }))
    demandAccount(failure)
    return there ? false : undefined
  }
  const isSame = listing.entries.every((entry) => isSameEntry(entry, told.get(entry.path)))
  return isSame || undefined
}

function isSameEntry(entry: Entry, other: Entry | undefined): boolean {
  if (other?.kind !== entry.kind) return false
  return entry.kind === 'folder' || isSameVersion(versionOf(entry), versionOf(other))
}

/** The files that another way of looking must not lose: those in the window, devices' files, the forced settings. */
export function missingFiles(before: Listing, now: Listing, { from, to }: Window): Entry[] {
  const present = new Set(now.entries.map(({ path }) => path))
  const matters = ({ path, kind }: Entry) => {
    const place = placeOf(parentOf(path))
    const isMedia = place === 'recurring' || (place !== undefined && from <= place && place <= to)
    const isDocument = parentOf(path) === devicesFolder || path === forcedPath
    return kind === 'file' && (isMedia || isDocument)
  }
  return before.entries.filter((entry) => matters(entry) && !present.has(entry.path))
}
