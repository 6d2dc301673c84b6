import type { Day, Week } from '../../domain/day.ts'
import { isInside, sharedUrl } from '../../domain/inside.ts'
import type { CatalogueWeek } from '../../domain/media.ts'
import { weekPath } from '../../domain/layout.ts'
import { isFading, type WeekWord } from '../../domain/published-week.ts'
import { renderPublishedWeek } from '../documents.ts'
import { settingsOf } from '../facts.ts'
import { patient } from '../patience.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import { tellingReaders } from '../publish/access.ts'
import { putOwnFile, putWhole, recallOwnFile } from '../publish/own-file.ts'
import { ownJournal } from '../publish/own-journal.ts'
import { keepChanges, workingCopy } from '../publish/working-copy.ts'
import { putPictures, sharedFrom, type SharedPicture } from './shared-pictures.ts'
import { digestOf, weekWords } from './words.ts'

type DuePorts = { readonly store: Store; readonly clock: Clock }

/** A list that is to go out. */
export type DueWeek = {
  readonly week: Week
  readonly text: string
  readonly word: WeekWord
  /** Pictures out of publications that the list says are in the sync folder. */
  readonly pictures: readonly SharedPicture[]
}

/**
 * The lists that this device is to publish: of weeks that it read whole, where the account may write and nobody else's
 * word counts.
 */
export async function dueWeeks(ports: DuePorts, profile: string): Promise<DueWeek[]> {
  const { store, clock } = ports
  const access = await store.document(profile, 'access')
  if (!access?.canWrite) return []
  const { settingsFor, spoken } = await weekWords(ports, profile)
  const { media } = await settingsOf(store, profile)
  const due: DueWeek[] = []
  for (const week of Object.values((await store.document(profile, 'catalogue')) ?? {})) {
    const shared = await sharedFrom(store, profile, media.sharesPictures ? week : undefined)
    const text = textOf(week, shared)
    const last = text === undefined ? undefined : await spoken(week.week)
    if (text === undefined || last?.isOwn === false) continue
    const word = {
      at: new Date(clock.now()).toISOString(),
      settings: await settingsFor(week.week),
      digest: await digestOf(text),
    }
    const isSaid = last?.word.digest === word.digest && !isFading(last.word, clock.now())
    if (!isSaid) due.push({ week: week.week, text, word, pictures: [...shared.values()] })
  }
  return due
}

// A list of what one could not read would take it from all the others.
function textOf(
  { week, madeFrom, own, ...decided }: CatalogueWeek,
  shared: ReadonlyMap<string, SharedPicture>,
): string | undefined {
  if (madeFrom === undefined) return undefined
  const { items, meetings = [] } = own ?? decided
  const told = items.map((item) => {
    const picture = isInside(item) ? shared.get(item.md5) : undefined
    return picture ? { ...item, url: sharedUrl(picture.path) } : item
  })
  return meetings.length === 0 ? undefined : renderPublishedWeek({ week, items: told, meetings })
}

type PublishPorts = DuePorts & { readonly remote: Remote }

type PublishOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/** Publishes lists of weeks, each whole or not at all, and says so in this device's file. */
export async function publishWeeks(
  { store, clock, remote: asked }: PublishPorts,
  due: readonly DueWeek[],
  { profile, signal }: PublishOptions,
): Promise<void> {
  const remote = patient(tellingReaders(asked, signal), { clock, signal })
  const copy = workingCopy(remote, signal)
  const run = { store, clock, remote, copy }
  await copy.see('')
  await recallOwnFile(run, { profile, signal })
  const { id } = await store.device()
  for (const { week, text, pictures } of due) {
    await putPictures(run, pictures, { profile, signal })
    const body = new Blob([text], { type: 'application/json' })
    await putWhole(run, { body, id: `${id}-week`, to: weekPath(week) }, { signal })
  }
  const own = await ownJournal(store, profile)
  const said = { ...own.weeks, ...Object.fromEntries(due.map(({ week, word }) => [week, word])) }
  await store.putDocument(profile, 'ownJournal', { ...own, weeks: since(clock.today(), said) })
  await putOwnFile(run, { profile, signal })
  await keepChanges(store, profile, copy)
}

// A week that is over for two weeks is of interest to nobody.
function since(today: Day, words: Readonly<Record<string, WeekWord>>) {
  const oldest = Date.parse(today) - 21 * 86_400_000
  return Object.fromEntries(Object.entries(words).filter(([week]) => Date.parse(week) >= oldest))
}
