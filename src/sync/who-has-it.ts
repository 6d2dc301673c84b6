import { curatedDays } from '../domain/curated-days.ts'
import type { Facts } from '../domain/curation.ts'
import { weekOf, type Day, type Week } from '../domain/day.ts'
import type { CatalogueWeek } from '../domain/media.ts'
import type { Window } from '../domain/meeting.ts'
import {
  possessionOf,
  type MarkedDay,
  type Possession,
  type ToldReceipt,
} from '../domain/possession.ts'
import { programmeSettings } from '../domain/published-week.ts'
import type { Store } from './ports.ts'
import { markedDays, wordsOf } from './possession.ts'
import { isProgrammeKnown } from './update/certainty.ts'
import { digestOf } from './weeks/words.ts'

/** Another device that told what it has. */
export type Holder = {
  readonly id: string
  /** Empty where nobody named it. */
  readonly name: string
  /** When it updated last, milliseconds since 1970, by its own clock. */
  readonly at: number
  readonly in: ToldReceipt['in']
  readonly words: string
  /** Whether it found nothing amiss itself. */
  readonly isExact: boolean
  /** Over the days that it told of, this device comes to the same four words. */
  readonly hasSameWords: boolean
  /** Settings differ that decide which of JW.org's media there is: that media was not compared. */
  readonly isSetDifferently: boolean
  readonly days: readonly {
    readonly day: Day
    readonly has: Possession
    readonly isEmpty: boolean
  }[]
}

export type Question = {
  readonly profile: string
  readonly facts: Facts
  readonly programme: Readonly<Record<Week, CatalogueWeek>>
  /** The days that are asked about. */
  readonly window: Window
  /** Milliseconds since 1970. */
  readonly now: number
}

const shownMs = 30 * 86_400_000

/** What the other devices told in the last 30 days, compared with what is known here; the latest word first. */
export async function whoHasIt(
  store: Pick<Store, 'document'>,
  question: Question,
): Promise<readonly Holder[]> {
  const journals = Object.entries((await store.document(question.profile, 'journals')) ?? {})
  const told = journals.flatMap(([id, { file }]) => {
    const { name, receipt } = file
    return receipt && isRecent(receipt, question.now) ? [{ id, name, receipt }] : []
  })
  if (told.length === 0) return []
  const days = await markedDays(curatedDays(question.facts, question.window))
  const holders = await Promise.all(
    told.map(async ({ id, name, receipt }) => ({
      id,
      name,
      ...(await holderOf(receipt, days, question)),
    })),
  )
  return holders.sort((a, b) => b.at - a.at)
}

// A clock that is ahead speaks of the future; that is no reason to pass its device over.
function isRecent({ at }: ToldReceipt, now: number): boolean {
  return now - Date.parse(at) < shownMs
}

async function holderOf(
  receipt: ToldReceipt,
  days: readonly MarkedDay[],
  { facts, programme }: Question,
): Promise<Omit<Holder, 'id' | 'name'>> {
  const settings = await digestOf(programmeSettings(weekOf(receipt.from), facts.settings))
  const isSetDifferently = settings !== receipt.settings
  const toldWindow = { from: receipt.from, to: receipt.to }
  return {
    at: Date.parse(receipt.at),
    in: receipt.in,
    words: receipt.words,
    isExact: receipt.isExact,
    hasSameWords: (await wordsOf(curatedDays(facts, toldWindow))) === receipt.words,
    isSetDifferently,
    days: days.map((marked) => {
      const { day, shown } = marked
      const knowsProgramme = !isSetDifferently && isProgrammeKnown(programme[weekOf(day)])
      const has = possessionOf(marked, receipt, { knowsProgramme })
      return { day, has, isEmpty: shown.length === 0 }
    }),
  }
}
