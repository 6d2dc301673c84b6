import type { Facts } from '../../domain/curation.ts'
import { weekOf } from '../../domain/day.ts'
import type { CuratedDay } from '../../domain/media.ts'
import type { Window } from '../../domain/meeting.ts'
import { saysElse, toldDays, type ToldReceipt } from '../../domain/possession.ts'
import { programmeSettings } from '../../domain/published-week.ts'
import type { Attempt } from '../attempt.ts'
import type { ExportReceipt } from '../export/export-receipt.ts'
import { wantedOutputs } from '../export/wanted-outputs.ts'
import type { Store } from '../ports.ts'
import { markedDays } from '../possession.ts'
import type { Receipt } from '../receipt.ts'
import { digestOf } from '../weeks/words.ts'

/** What an update left on this device. */
type Outcome = {
  readonly profile: string
  readonly window: Window
  readonly days: readonly CuratedDay[]
  readonly facts: Facts
  readonly exported: Attempt<ExportReceipt> | undefined
}

/** So long a receipt that says the same is not told again, in milliseconds. */
const holdsMs = 3_600_000

/**
 * Keeps what the others are to be told of an update, where they do not know it: it says something else than what they
 * were told last, or that is older than an hour.
 */
export async function noteForOthers(
  { store }: { readonly store: Store },
  receipt: Receipt,
  outcome: Outcome,
): Promise<void> {
  const { profile } = outcome
  const [access, own, device, waiting] = await Promise.all([
    store.document(profile, 'access'),
    store.document(profile, 'ownJournal'),
    store.device(),
    store.document(profile, 'untold'),
  ])
  const next = access?.canWrite === false ? undefined : await toldReceipt(store, receipt, outcome)
  const isRenamed = own?.receipt !== undefined && own.name !== device.name
  const isDue = next && (isRenamed || saysElse(own?.receipt, next) || isOld(own?.receipt, next))
  if (isDue) await store.putDocument(profile, 'untold', { receipt: next })
  else if (waiting?.receipt) await store.putDocument(profile, 'untold', {})
}

// A clock that was put back makes what was told of no age at all.
function isOld(told: ToldReceipt | undefined, { at }: ToldReceipt): boolean {
  const ageMs = Date.parse(at) - Date.parse(told?.at ?? '')
  return !(ageMs >= 0 && ageMs < holdsMs)
}

async function toldReceipt(
  store: Store,
  { at, fingerprint, isExact, isExported }: Receipt,
  { profile, window, days, facts, exported }: Outcome,
): Promise<ToldReceipt> {
  const here = await pathsHere(store, days, { profile, exported: exported?.value })
  const marked = await markedDays(days, (path) => here.has(path))
  return {
    at: new Date(at).toISOString(),
    in: isExported ? 'folder' : 'browser',
    words: fingerprint,
    isExact,
    settings: await digestOf(programmeSettings(weekOf(window.from), facts.settings)),
    ...toldDays(marked, window),
  }
}

/** The files that are in the media folder; where none was written, those whose bytes are stored here. */
async function pathsHere(
  store: Store,
  days: readonly CuratedDay[],
  {
    profile,
    exported,
  }: { readonly profile: string; readonly exported?: ExportReceipt | undefined },
): Promise<ReadonlySet<string>> {
  if (exported) return new Set(exported.here)
  const wanted = await wantedOutputs(store, days, profile)
  const keys = await store.blobKeys()
  return new Set(wanted.flatMap(({ path, key }) => (key && keys.has(key) ? [path] : [])))
}
