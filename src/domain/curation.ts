import { daysOf, type Day, type Place, type Week } from './day.ts'
import { hidesInForce, notedKey, type HideStatement, type Journal, type Note } from './journal.ts'
import type { Contents, Marker, PlacedFile } from './layout.ts'
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
import { compareNames, compareText, looseName, uniqueFileNames } from './naming.ts'
import type { Settings } from './settings.ts'

/** A file of the sync folder whose bytes this device has seen. */
export type SeenFile = {
  readonly path: string
  readonly version: Version
  readonly key: ContentKey
}

/** All that is known from outside about a congregation's media. */
export type Facts = {
  readonly catalogue: readonly CatalogueItem[]
  readonly contents: Contents
  readonly journal: Journal
  readonly settings: Settings
  /** What devices noted about files they uploaded. */
  readonly notes: readonly Note[]
  /** What this device knows of files it fetched. */
  readonly seen: readonly SeenFile[]
}

type Draft = Omit<CuratedItem, 'fileName' | 'hiddenBy'>

/**
 * What everyone gets in a week, Monday to Sunday: JW.org's items, the day's additional media and, on meeting days,
 * the recurring media that no file of the day shadows; each with the markers that hide it. The order of what comes
 * in never changes what comes out.
 */
export function curate(facts: Facts, week: Week): CuratedDay[] {
  const keys = keysOf(facts)
  const recurringDays = daysWithRecurring(facts, week)
  const hides = hidesInForce(facts.journal)
  return daysOf(week).map((day) => {
    const additional = draftsAt(facts.contents, day, keys)
    const names = new Set(additional.map(({ name }) => name.normalize('NFC')))
    const recurring = recurringDays.has(day)
      ? draftsAt(facts.contents, 'recurring', keys).filter(({ name }) => !names.has(name.normalize('NFC')))
      : []
    const drafts = [...catalogueDrafts(facts.catalogue, day), ...additional, ...recurring]
    const markers = facts.contents.markers.filter((marker) => marker.day === day)
    return finishDay(day, drafts, hiddenItems(drafts, markers, hides), facts.contents)
  })
}

/** The recurring media itself, as the VO keeps it. */
export function curateRecurring(facts: Facts): CuratedDay {
  const drafts = draftsAt(facts.contents, 'recurring', keysOf(facts))
  return finishDay('recurring', drafts, new Map(), facts.contents)
}

// Recurring media belongs to meetings. A congregation whose meeting days nobody has set yet gets it wherever there is media.
function daysWithRecurring({ settings, contents, catalogue }: Facts, week: Week): Set<Place> {
  const meetings = meetingsOf(week, settings.meetings)
  if (meetings.length > 0) return new Set(meetings.map(({ day }) => day))
  return new Set([...contents.files.map(({ place }) => place), ...catalogue.map(({ day }) => day)])
}

function catalogueDrafts(catalogue: readonly CatalogueItem[], day: Day): Draft[] {
  const items = new Map(catalogue.filter((item) => item.day === day).map((item) => [item.id, item]))
  return [...items.values()].map(({ id, name, url, size, md5 }) => ({
    id,
    name,
    origin: 'jworg',
    size,
    key: `md5-${md5}`,
    source: { at: 'jworg', url, version: { size, md5 } },
  }))
}

type KeyOf = (file: PlacedFile) => ContentKey | undefined

function keysOf({ notes, seen }: Facts): KeyOf {
  const byPath = new Map(seen.map((file) => [file.path, file]))
  return ({ place, name, source }) => {
    if (source.at === 'device') return source.key
    if (source.at === 'jworg') return undefined
    const known = byPath.get(source.path)
    if (known && isSameVersion(known.version, source.version)) return known.key
    return notedKey(notes, place, name, source.version)
  }
}

function draftsAt(contents: Contents, place: Place, keyOf: KeyOf): Draft[] {
  const origin: Origin = place === 'recurring' ? 'recurring' : 'additional'
  const files = contents.files.filter((file) => file.place === place && file.size > 0)
  return uniqueSources(files).map((file) => {
    const { name, size, source } = file
    const key = keyOf(file)
    return { id: `${origin}:${name}`, name, origin, size, source, ...(key && { key }) }
  })
}

function uniqueSources(files: readonly PlacedFile[]): PlacedFile[] {
  return [...new Map(files.map((file) => [sourceText(file.source) + file.name, file])).values()]
}

function sourceText(source: Source): string {
  return source.at === 'remote' ? source.path : source.at === 'jworg' ? source.url : source.key
}

/**
 * Which markers hide which item. A marker with a statement in the journal hides that very item, whatever its name is by
 * now; else all of exactly its name; else the one item whose name differs only in what M³'s versions disagree on.
 */
function hiddenItems(
  drafts: readonly Draft[],
  markers: readonly Marker[],
  hides: readonly HideStatement[],
): Map<Draft, string[]> {
  const hidden = new Map<Draft, string[]>()
  for (const marker of [...markers].sort((a, b) => compareText(a.name, b.name))) {
    for (const draft of targetsOf(marker, drafts, hides)) {
      const names = hidden.get(draft) ?? []
      if (!names.includes(marker.name)) hidden.set(draft, [...names, marker.name])
    }
  }
  return hidden
}

function targetsOf(
  marker: Marker,
  drafts: readonly Draft[],
  hides: readonly HideStatement[],
): readonly Draft[] {
  const ids = hides
    .filter(({ day, name }) => day === marker.day && isLooselySame(name, marker.name))
    .map(({ item }) => item)
  const stated = drafts.filter(({ id }) => ids.includes(id))
  if (stated.length > 0) return stated
  const exact = drafts.filter(({ name }) => name.normalize('NFC') === marker.name.normalize('NFC'))
  if (exact.length > 0) return exact
  const loose = drafts.filter(({ name }) => isLooselySame(name, marker.name))
  return loose.length === 1 ? loose : []
}

function isLooselySame(a: string, b: string): boolean {
  return looseName(a) === looseName(b)
}

function finishDay(
  day: Place,
  drafts: readonly Draft[],
  hidden: ReadonlyMap<Draft, readonly string[]>,
  contents: Contents,
): CuratedDay {
  const sorted = [...drafts].sort(byNameThenOrigin)
  const shown = sorted.filter((draft) => !hidden.has(draft))
  // Shown items name their files first, so that what is hidden never lends a number to what is shown.
  const ordered = [...shown, ...sorted.filter((draft) => hidden.has(draft))]
  const fileNames = new Map(
    uniqueFileNames(ordered.map(({ name }) => name)).map((name, index) => [ordered[index], name]),
  )
  const items = sorted.map((draft) => ({
    ...draft,
    fileName: fileNames.get(draft) ?? draft.name,
    hiddenBy: hidden.get(draft) ?? [],
  }))
  const awaited = contents.files.filter(({ place, size }) => place === day && size === 0)
  return { day, items, awaited: awaited.map(({ name }) => name).sort(compareNames) }
}

const originOrder: Readonly<Record<Origin, number>> = { jworg: 0, additional: 1, recurring: 2 }

function byNameThenOrigin(a: Draft, b: Draft): number {
  return (
    compareNames(a.name, b.name) ||
    originOrder[a.origin] - originOrder[b.origin] ||
    compareText(sourceText(a.source), sourceText(b.source)) ||
    compareText(a.id, b.id)
  )
}
