// Who published which week's list, as the devices' files tell.
import type { Week } from '../../domain/day.ts'
import {
  isInForce,
  isPresent,
  lastWord,
  programmeSettings,
  type WeekWord,
} from '../../domain/published-week.ts'
import { settingsOf } from '../facts.ts'
import type { Clock, Store } from '../ports.ts'

/** A word that counts; `isOwn` where this device spoke it. */
export type Spoken = { readonly word: WeekWord; readonly isOwn: boolean }

type WordPorts = { readonly store: Store; readonly clock: Clock }

/** The words that count now, by Monday, and the digest of the settings under which a week's list would be made here. */
export async function weekWords({ store, clock }: WordPorts, profile: string) {
  const [journals, own, settings] = await Promise.all([
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
    settingsOf(store, profile),
  ])
  const others = Object.values(journals ?? {}).map(({ file }) => file.weeks ?? {})
  const settingsFor = (week: Week) => digestOf(programmeSettings(week, settings))

  async function spoken(week: Week): Promise<Spoken | undefined> {
    const digest = await settingsFor(week)
    const counts = (word: WeekWord | undefined) =>
      word !== undefined && isInForce(word, digest, clock.now()) ? [word] : []
    const mine = counts(own?.weeks?.[week])
    const word = lastWord([...mine, ...others.flatMap((weeks) => counts(weeks[week]))])
    return word && { word, isOwn: mine.includes(word) }
  }

  /** Whether the list of a week that lies in the sync folder is another device's, whatever its settings. */
  function isOfAnother(week: Week): boolean {
    const present = (word: WeekWord | undefined) =>
      word !== undefined && isPresent(word, clock.now()) ? [word] : []
    const mine = present(own?.weeks?.[week])
    const last = lastWord([...mine, ...others.flatMap((weeks) => present(weeks[week]))])
    return last !== undefined && !mine.includes(last)
  }

  return { settingsFor, spoken, isOfAnother }
}

/** The first half of a text's SHA-256, lower-case hex. */
export async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
