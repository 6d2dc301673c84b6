import { ownItemId } from './act.ts'
import { daysOf, type Day, type Place, type Week } from './day.ts'
import { hiddenItems } from './hiding.ts'
import { hidesInForce } from './hides.ts'
import { agreedKey, notesOn, type Journal, type Note } from './journal.ts'
import type { Contents, PlacedFile } from './layout.ts'
import {
  isSameVersion,
  type CatalogueItem,
  type ContentKey,
  type CuratedDay,
  type CuratedItem,
  type Origin,
  type Source,
  type Version,
} from './media.ts'
import { meetingsOf } from './meeting.ts'
import { compareNames, compareText, foldName, uniqueFileNames } from './naming.ts'
import { ordersIn } from './ordering.ts'
import { withPrefix } from './prefix.ts'
import { always, isDue, rulesIn, type RuleOf } from './recurrence.ts'
import type { Settings } from './settings.ts'

/** A file of the sync folder whose bytes this device has: it read them there, or took a device's word (`isTold`). */
export type SeenFile = {
  readonly path: string
  readonly version: Version
  readonly key: ContentKey
  readonly isTold?: true
}

/** All that is known from outside about a congregation's media. */
export type Facts = {
  readonly catalogue: readonly CatalogueItem[]
  readonly contents: Contents
  readonly journal: Journal
  readonly settings: Settings
  /** What devices noted about files they uploaded. */
  readonly notes: readonly Note[]
  /** What this device knows of files whose bytes it has. */
  readonly seen: readonly SeenFile[]
}

type Draft = Omit<CuratedItem, 'fileName' | 'hiddenBy'>

/**
 * What everyone gets in a week, Monday to Sunday: JW.org's items, the day's additional media and, on meeting days,
 * the recurring media that no file of the day shadows; each with the markers that hide it. The order of what comes
 * in never changes what comes out.
 */
export function curate(facts: Facts, week: Week): CuratedDay[] {
  const draftsOn = draftsWith(facts, week, keysOf(facts))
  // What is hidden follows from what all devices know: whose bytes this one happened to fetch has no say.
  const toldOn = draftsWith(facts, week, keysOf({ ...facts, seen: [] }))
  const hides = hidesInForce(facts.journal)
  const orderOf = ordersIn(facts.journal)
  const ordered = (drafts: readonly Draft[], day: Day) =>
    drafts.map((draft) => {
      const prefix = draft.origin === 'additional' ? undefined : orderOf(day, draft.id)
      return prefix === undefined ? draft : { ...draft, prefix }
    })
  return daysOf(week).map((day) => {
    const [drafts, told] = [ordered(draftsOn(day), day), toldOn(day)]
    const markers = facts.contents.markers.filter((marker) => marker.day === day)
    const names = hiddenItems(told, markers, hides)
    const hidden = new Map(
      told.flatMap((same, index) => {
        const [draft, hiddenBy] = [drafts[index], names.get(same)]
        return draft && hiddenBy ? [[draft, hiddenBy] as const] : []
      }),
    )
    return finishDay(facts, day, { drafts, hidden })
  })
}

/** What a day may show, always in the same order, with the keys that are known to somebody. */
function draftsWith(facts: Facts, week: Week, keyOf: KeyOf): (day: Day) => Draft[] {
  const { contents, catalogue, settings } = facts
  const recurringDays = daysWithRecurring(facts, week)
  const ruleOf = rulesIn(facts.journal)
  const kinds = new Map(meetingsOf(week, settings.meetings).map(({ day, kind }) => [day, kind]))
  return (day) => {
    const additional = draftsAt(contents, day, keyOf)
    const names = new Set(additional.map(({ name }) => name.normalize('NFC')))
    const recurring = recurringDays.has(day) ? draftsAt(contents, 'recurring', keyOf) : []
    const free = recurring
      .map((draft) => withRule(draft, ruleOf))
      .filter(
        ({ name, rule = always }) =>
          !names.has(name.normalize('NFC')) && isDue(rule, day, kinds.get(day)),
      )
    return [...catalogueDrafts(catalogue, day), ...additional, ...free]
  }
}

/** The recurring media itself, as the VO keeps it. */
export function curateRecurring(facts: Facts): CuratedDay {
  const ruleOf = rulesIn(facts.journal)
  const all = draftsAt(facts.contents, 'recurring', keysOf(facts))
  const drafts = all.map((draft) => withRule(draft, ruleOf))
  return finishDay(facts, 'recurring', { drafts, hidden: new Map() })
}

function withRule(draft: Draft, ruleOf: RuleOf): Draft {
  const rule = ruleOf(draft.name)
  return rule === always ? draft : { ...draft, rule }
}

// Recurring media belongs to meetings. A congregation whose meeting days nobody has set yet gets it wherever there is media.
function daysWithRecurring({ settings, contents, catalogue }: Facts, week: Week): Set<Place> {
  const days = meetingsOf(week, settings.meetings).map(({ day }) => day)
  const { midweek, weekend, special } = settings.meetings
  if (!special && (midweek !== undefined || weekend !== undefined)) return new Set(days)
  const places = contents.files.map(({ place }) => place)
  return new Set([...days, ...places, ...catalogue.map(({ day }) => day)])
}

function catalogueDrafts(catalogue: readonly CatalogueItem[], day: Day): Draft[] {
  const items = catalogue.filter((item) => item.day === day).sort(byNameThenBytes)
  return firstOf(items, ({ id }) => id).map(({ id, name, url, size, md5, companions }) => ({
    id,
    name,
    origin: 'jworg',
    size,
    key: `md5-${md5}`,
    source: { at: 'jworg', url, version: { size, md5 } },
    ...(companions && { companions }),
  }))
}

function byNameThenBytes(a: CatalogueItem, b: CatalogueItem): number {
  return (
    compareNames(a.name, b.name) ||
    compareText(a.md5, b.md5) ||
    compareText(a.url, b.url) ||
    a.size - b.size
  )
}

function firstOf<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
  return [...new Map(values.toReversed().map((value) => [nameOf(value), value])).values()]
}

type KeyOf = (file: PlacedFile) => ContentKey | undefined

function keysOf({ notes, seen }: Facts): KeyOf {
  const paths = new Map<string, SeenFile[]>()
  for (const file of seen) paths.set(file.path, [...(paths.get(file.path) ?? []), file])
  return ({ place, name, source }) => {
    if (source.at === 'device') return source.key
    if (source.at === 'jworg') return undefined
    const known = paths.get(source.path) ?? []
    const sameVersion = known.filter(({ version }) => isSameVersion(version, source.version))
    const told = sameVersion.filter(({ isTold }) => isTold)
    const read = sameVersion.filter(({ isTold }) => !isTold)
    return (
      agreedKey(read) ?? agreedKey([...told, ...notesOn(notes, { place, name }, source.version)])
    )
  }
}

function draftsAt(contents: Contents, place: Place, keyOf: KeyOf): Draft[] {
  const origin: Origin = place === 'recurring' ? 'recurring' : 'additional'
  const files = contents.files.filter((file) => file.place === place && file.size > 0)
  const used = new Set<string>()
  return firstOf(files, identityOf)
    .sort(bySource)
    .map((file) => {
      const { name, size, source } = file
      const key = keyOf(file)
      const plain = ownItemId(place, name)
      // Two folders of one day may hold different files of one name: the first of them bears the plain id.
      const id = used.has(plain) ? `${plain}:${identityOf(file)}` : plain
      used.add(plain)
      return { id, name, origin, size, source, ...(key && { key }) }
    })
}

function bySource(a: PlacedFile, b: PlacedFile): number {
  return compareText(identityOf(a), identityOf(b))
}

function identityOf({ source, name }: PlacedFile): string {
  return JSON.stringify([sourceText(source), name])
}

function sourceText(source: Source): string {
  return source.at === 'remote' ? source.path : source.at === 'jworg' ? source.url : source.key
}

function finishDay(
  { contents }: Facts,
  day: Place,
  { drafts, hidden }: { drafts: readonly Draft[]; hidden: ReadonlyMap<Draft, readonly string[]> },
): CuratedDay {
  const sorted = [...drafts].sort(byNameThenOrigin)
  const shown = sorted.filter((draft) => !hidden.has(draft))
  const fileNames = fileNamesOf(shown, [...hidden.keys()].sort(byNameThenOrigin))
  const items = sorted.map((draft) => ({
    ...draft,
    fileName: fileNames.get(draft) ?? draft.name,
    hiddenBy: hidden.get(draft) ?? [],
  }))
  return { day, items, awaited: awaitedNames(contents, day) }
}

// Shown items name their files as if there were no hidden ones: what is hidden never lends a number to what is shown.
function fileNamesOf(shown: readonly Draft[], hidden: readonly Draft[]): Map<Draft, string> {
  const shownNames = uniqueFileNames(shown.map(standingName))
  const names = uniqueFileNames([...shownNames, ...hidden.map(standingName)])
  return new Map([...shown, ...hidden].map((draft, index) => [draft, names[index] ?? draft.name]))
}

// The name by which an item stands in its place, on screen and in every player.
function standingName({ name, prefix }: Draft): string {
  return prefix === undefined ? name : withPrefix(name, prefix)
}

// Another folder of the day may have the bytes already.
function awaitedNames({ files }: Contents, day: Place): string[] {
  const here = files.filter(({ place }) => place === day)
  const names = here.map(({ name, size }) => ({ name: name.normalize('NFC'), size }))
  const present = new Set(names.filter(({ size }) => size > 0).map(({ name }) => name))
  const empty = new Set(names.filter(({ name }) => !present.has(name)).map(({ name }) => name))
  return [...empty].sort(compareNames)
}

const originOrder: Readonly<Record<Origin, number>> = { jworg: 0, additional: 1, recurring: 2 }

function byNameThenOrigin(a: Draft, b: Draft): number {
  return (
    compareText(foldName(standingName(a)), foldName(standingName(b))) ||
    originOrder[a.origin] - originOrder[b.origin] ||
    compareText(a.name, b.name) ||
    compareText(sourceText(a.source), sourceText(b.source)) ||
    compareText(a.id, b.id)
  )
}
