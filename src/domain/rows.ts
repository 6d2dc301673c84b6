// A day as its screen shows it: row by row, each with what goes with it under its name, and what the VO does to rows as acts.
import { namesAt, type Act } from './act.ts'
import type { Day, Place } from './day.ts'
import type { Contents } from './layout.ts'
import { extensionOf, kindOf, type ContentKey, type CuratedItem } from './media.ts'
import { foldName, freeName, joinName, safeName, splitName } from './naming.ts'
import { placeAt, withPrefix, type Placing } from './prefix.ts'
import { always, type Rule } from './recurrence.ts'

/** `beside` are a film's subtitles and markers, where they are files of their own. */
export type Row = { readonly item: CuratedItem; readonly beside: readonly CuratedItem[] }

const companionExtensions: readonly string[] = ['vtt', 'json']

/** Items as rows, in their order: what goes with a film stands in its row. */
export function rowsOf(items: readonly CuratedItem[]): Row[] {
  const films = new Map<string, CuratedItem>()
  for (const item of items) {
    const kind = kindOf(item.name)
    if (kind === 'video' || kind === 'audio') films.set(stemOf(item), item)
  }
  const filmOf = (item: CuratedItem) =>
    companionExtensions.includes(extensionOf(item.name)) ? films.get(stemOf(item)) : undefined
  return items
    .filter((item) => filmOf(item) === undefined)
    .map((item) => ({ item, beside: items.filter((other) => filmOf(other) === item) }))
}

function stemOf({ origin, name }: CuratedItem): string {
  return JSON.stringify([origin, foldName(splitName(name).stem)])
}

/** True for a file of this very place, which can be renamed and deleted; what comes from elsewhere can only be hidden here. */
export function isOwnAt(place: Place, { origin }: CuratedItem): boolean {
  return origin === 'additional' || (origin === 'recurring' && place === 'recurring')
}

type FileFacts = Pick<CuratedItem, 'name' | 'size'> & { readonly key?: ContentKey }

function factsOf({ name, size, key }: CuratedItem): FileFacts {
  return { name, size, ...(key && { key }) }
}

function filesIn({ item, beside }: Row): readonly CuratedItem[] {
  return [item, ...beside]
}

export function hideRow(day: Day, row: Row): Act[] {
  return filesIn(row).map(({ id, name }) => ({ do: 'hide', day, item: id, name }))
}

export function showRow(day: Day, row: Row): Act[] {
  return filesIn(row).map(({ id, name, hiddenBy }) => ({
    do: 'show',
    day,
    item: id,
    name,
    markers: hiddenBy,
  }))
}

export function removeRow(place: Place, row: Row): Act[] {
  return filesIn(row).map((item) => ({ do: 'remove', place, ...factsOf(item) }))
}

/** `stem` is the new name without its ending, which stays. Where the name is taken it gets a number. */
export function renameRow(place: Place, row: Row, { stem, contents }: Naming): Act[] {
  const { extension } = splitName(row.item.name)
  return renamed(place, row, {
    name: safeName(joinName({ stem, extension })),
    contents,
  })
}

type Naming = { readonly stem: string; readonly contents: Contents }

// What is recurring keeps its rule: whoever reads only this act later must know it by its new name.
function renamed(
  place: Place,
  row: Row,
  { name, contents }: { readonly name: string; readonly contents: Contents },
): Act[] {
  if (name === row.item.name) return []
  const to = freeFor(row, place, { name, contents, leaving: place })
  const { rule } = row.item
  return [
    ...filesIn(row).map((item): Act => ({
      do: 'rename',
      place,
      ...factsOf(item),
      to: underName(to, item),
    })),
    ...(rule && place === 'recurring' ? ruleActs(to, rule, rule) : []),
  ]
}

type Wish = { readonly name: string; readonly contents: Contents; readonly leaving?: Place }

/** A name that is free for a row and all that goes with it; its own names are no hindrance where it leaves them. */
function freeFor(row: Row, place: Place, { name, contents, leaving }: Wish): string {
  const taken = namesAt(contents.files, place)
  if (leaving === place) for (const item of filesIn(row)) taken.delete(foldName(item.name))
  return freeName(name, taken)
}

function underName(name: string, item: CuratedItem): string {
  const { extension } = splitName(item.name)
  return joinName({ stem: splitName(name).stem, extension })
}

/** Takes a file to another place: it leaves this one. */
export function moveRow(place: Place, row: Row, { into, contents, isOneOfMany }: Going): Act[] {
  const name = nameElsewhere(row, isOneOfMany)
  const to = freeFor(row, into, { name, contents })
  return filesIn(row).map((item) => ({
    do: 'move',
    place,
    ...factsOf(item),
    into,
    to: underName(to, item),
  }))
}

type Going = {
  readonly into: Place
  readonly contents: Contents
  /** Several go at once: their numbers keep them in their order. */
  readonly isOneOfMany?: boolean | undefined
}

// The running number of a single one means nothing elsewhere.
function nameElsewhere({ item: { name } }: Row, isOneOfMany = false): string {
  return isOneOfMany ? name : withPrefix(name, '')
}

/** The names under which copies of a row come to stand at another place, each with its item. */
export function copyNames(row: Row, { into, contents, isOneOfMany }: Going) {
  const to = freeFor(row, into, { name: nameElsewhere(row, isOneOfMany), contents })
  return filesIn(row).map((item) => ({ item, name: underName(to, item) }))
}

/** Brings the row at `from` to `to`, both from 0 among the rows of a place that are shown. */
export function placeRow(
  place: Place,
  rows: readonly Row[],
  { from, to, contents }: { from: number; to: number; contents: Contents },
): Act[] {
  const placings = placeAt(
    rows.map(({ item }) => standingOf(item)),
    from,
    to,
  )
  return placings.flatMap((placing) => placed(place, rows, { placing, contents }))
}

function standingOf({ name, prefix, origin }: CuratedItem) {
  return {
    name: prefix === undefined ? name : withPrefix(name, prefix),
    isJworg: origin === 'jworg' && prefix === undefined,
  }
}

function placed(
  place: Place,
  rows: readonly Row[],
  { placing, contents }: { placing: Placing; contents: Contents },
): Act[] {
  const row = rows[placing.index]
  if (!row) return []
  const { prefix } = placing
  if (isOwnAt(place, row.item))
    return renamed(place, row, { name: withPrefix(row.item.name, prefix), contents })
  if (place === 'recurring') return []
  return filesIn(row).map(({ id, name, prefix: was = '' }) => ({
    do: 'order',
    day: place,
    item: id,
    name,
    prefix,
    was,
  }))
}

/**
 * The running number by which something new comes to stand at an index among the rows that are shown; undefined where
 * others must get one as well.
 */
export function prefixAt(rows: readonly Row[], index: number): string | undefined {
  if (index >= rows.length) return ''
  // It stands last as long as it has no number.
  const last = { name: '\uffff', isJworg: false }
  const list = [...rows.map(({ item }) => standingOf(item)), last]
  const [only, ...others] = placeAt(list, rows.length, index)
  return others.length === 0 && only?.index === rows.length ? only.prefix : undefined
}

/** Says at which meetings recurring media is shown. */
export function ruleRow({ item }: Row, rule: Rule): Act[] {
  return ruleActs(item.name, rule, item.rule ?? always)
}

function ruleActs(name: string, rule: Rule, was: Rule): Act[] {
  return [{ do: 'rule', place: 'recurring', name, rule, was }]
}
