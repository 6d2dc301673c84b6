import { barsTheWay, Failed, type Failure } from '../../domain/failure.ts'
import type { CatalogueWeek } from '../../domain/media.ts'
import { weeksOf, type Window } from '../../domain/meeting.ts'
import { attempt } from '../attempt.ts'
import { bring } from '../bring.ts'
import { settingsOf } from '../facts.ts'
import { shelfOf } from '../shelf.ts'
import { weekWords } from '../weeks/words.ts'
import type { OutsideOptions, OutsidePorts } from './outside.ts'

/**
 * Learns what JW.org publishes for the window and keeps it. What cannot be learned stays as it was; then it rejects with
 * the reason, once all else is kept.
 */
export async function refreshCatalogue(
  ports: OutsidePorts,
  window: Window,
  options: OutsideOptions,
): Promise<void> {
  const { store } = ports
  const { profile } = options
  const known = (await store.document(profile, 'catalogue')) ?? {}
  const weeks = weeksOf(window)
  const { fresh, failure } = await freshWeeks(ports, { weeks, known }, options)
  const decided = await decidedWeeks(ports, profile, fresh)
  const next = {
    ...Object.fromEntries(Object.entries(known).filter(([week]) => week >= (weeks[0] ?? ''))),
    ...Object.fromEntries(decided.map((week) => [week.week, week])),
  }
  if (JSON.stringify(next) !== JSON.stringify(known))
    await store.putDocument(profile, 'catalogue', next)
  if (failure) throw new Failed(failure)
}

type Asked = {
  readonly weeks: ReturnType<typeof weeksOf>
  readonly known: Readonly<Record<string, CatalogueWeek>>
}

// One week after the other: each has publications open, and the next one mostly finds on the shelf what it needs.
async function freshWeeks(
  ports: OutsidePorts,
  { weeks, known }: Asked,
  { profile, signal }: OutsideOptions,
): Promise<{ readonly fresh: readonly CatalogueWeek[]; readonly failure?: Failure | undefined }> {
  const settings = await settingsOf(ports.store, profile)
  const shelf = shelfOf(ports, profile)
  const fresh: CatalogueWeek[] = []
  let failure: Failure | undefined
  const onTrouble = (trouble: Failure) => {
    failure ??= trouble
  }
  for (const week of weeks) {
    const asked = { shelf, known: known[week] && ownWeek(known[week]), signal, onTrouble }
    const { value, failure: trouble } = await attempt(() =>
      ports.catalogue.week(week, settings, asked),
    )
    if (value) fresh.push(value)
    if (trouble) onTrouble(trouble)
    if (trouble && barsTheWay(trouble)) break
  }
  return { fresh, failure }
}

// As this device itself found it.
function ownWeek({ own, ...week }: CatalogueWeek): CatalogueWeek {
  return { ...week, ...own }
}

// Where somebody published a list, everyone shows what that one names.
async function decidedWeeks(
  { store, clock }: OutsidePorts,
  profile: string,
  fresh: readonly CatalogueWeek[],
): Promise<readonly CatalogueWeek[]> {
  const lists = (await store.document(profile, 'weeks')) ?? {}
  if (Object.keys(lists).length === 0) return fresh
  // Whoever publishes the lists himself never needs it.
  const { decidedWeek } = await bring(() => import('../../domain/decided-week.ts'))
  const held = new Set((await store.heldFiles(profile)).map(({ version }) => version.md5))
  const { settingsFor } = await weekWords({ store, clock }, profile)
  return Promise.all(
    fresh.map(async (week) => {
      const { list, settings } = lists[week.week] ?? {}
      // One that was made under other settings says nothing of what is shown under these.
      if (!list || settings !== (await settingsFor(week.week))) return week
      const { items, meetings = [], missing = [] } = week
      const own = { items, meetings, missing }
      return { ...decidedWeek(week, list, (md5) => held.has(md5)), own }
    }),
  )
}
