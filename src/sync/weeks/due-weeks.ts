import type { Week } from '../../domain/day.ts'
import { isInside, sharedUrl } from '../../domain/inside.ts'
import type { CatalogueWeek } from '../../domain/media.ts'
import { isFading, type PublishedWeek, type WeekWord } from '../../domain/published-week.ts'
import { bring } from '../bring.ts'
import { settingsOf } from '../facts.ts'
import type { Clock, Store } from '../ports.ts'
import type { SharedPicture, SharedPictures } from './shared-pictures.ts'
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
 * The lists that this device is to publish, where the account may write: of weeks that are for all, where nobody else's
 * list lies there, or that one leads to no pictures and this device is to share them.
 */
export async function dueWeeks(ports: DuePorts, profile: string): Promise<DueWeek[]> {
  const { store, clock } = ports
  const access = await store.document(profile, 'access')
  if (!access?.canWrite) return []
  const { settingsFor, spoken, isOfAnother } = await weekWords(ports, profile)
  const { media } = await settingsOf(store, profile)
  const lists = (await store.document(profile, 'weeks')) ?? {}
  // Few devices share: only they need what does it.
  const sharing = media.sharesPictures
    ? await bring(() => import('./shared-pictures.ts'))
    : undefined
  const due: DueWeek[] = []
  for (const week of Object.values((await store.document(profile, 'catalogue')) ?? {})) {
    if (!week.isForAll) continue
    const shared: SharedPictures = (await sharing?.sharedFrom(store, profile, week)) ?? new Map()
    const isTaken = isOfAnother(week.week)
    if (isTaken && !sharing?.areLacking(shared, lists[week.week]?.list)) continue
    const last = await spoken(week.week)
    const text = textOf(week, shared)
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

function textOf({ week, own, ...decided }: CatalogueWeek, shared: SharedPictures): string {
  const { items, meetings = [] } = own ?? decided
  const told = items.map((item) => {
    const picture = isInside(item) ? shared.get(item.md5) : undefined
    return picture ? { ...item, url: sharedUrl(picture.path) } : item
  })
  return rendered({ week, items: told, meetings })
}

// The same list is always the same text.
function rendered({ week, items, meetings }: PublishedWeek): string {
  return JSON.stringify({ version: 1, week, items, meetings }, null, 2)
}
