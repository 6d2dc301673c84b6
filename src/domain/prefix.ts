// M³ orders a day by the names of its files; a running number in front of a name (`01-02-03 - `) is how one gets its place.
import { compareNames, safeName } from './naming.ts'

const numbered = /^(\d\d(?:-\d\d){0,5}) - (?=.)/

/** The running number in front of a name, such as `01-02-03`; empty where there is none. */
export function prefixOf(name: string): string {
  return numbered.exec(name)?.[1] ?? ''
}

/** The name with this running number instead of its own; an empty one takes it away. */
export function withPrefix(name: string, prefix: string): string {
  const bare = name.replace(numbered, '')
  return prefix === '' ? bare : safeName(`${prefix} - ${bare}`)
}

/** What is placed: `name` is the one it is ordered by now; JW.org's own numbers are left to JW.org. */
export type Placed = { readonly name: string; readonly isJworg: boolean }

/** The running number that a thing of a list gets; `index` is where it stands now. */
export type Placing = { readonly index: number; readonly prefix: string }

/**
 * The running numbers by which the thing at `from` comes to stand at `to` (both from 0) in a list that is ordered by
 * names: mostly its own alone. Things without a number that would have to stand before it get one too. None where the
 * order cannot be had.
 */
export function placeAt(list: readonly Placed[], from: number, to: number): readonly Placing[] {
  if (from === to || !list[from]) return []
  const order = inOrder(list, from, to)
  const isMoved = (index: number) => index === from
  const lacks = (index: number) => prefixOf(list[index]?.name ?? '') === ''
  const tries: readonly ((index: number, at: number) => boolean)[] = [
    isMoved,
    (index, at) => isMoved(index) || (at < to && lacks(index)),
    (index) => isMoved(index) || lacks(index),
  ]
  for (const needs of tries) {
    const placings = numberedAnew(list, order, needs)
    if (placings && isOrdered(list, order, placings)) return placings
  }
  return []
}

// The indices in the order that is wanted.
function inOrder(list: readonly Placed[], from: number, to: number): number[] {
  const others = [...list.keys()].filter((index) => index !== from)
  return [...others.slice(0, to), from, ...others.slice(to)]
}

function isOrdered(
  list: readonly Placed[],
  order: readonly number[],
  placings: readonly Placing[],
): boolean {
  const prefixes = new Map(placings.map(({ index, prefix }) => [index, prefix]))
  const names = order.map((index) => {
    const { name = '' } = list[index] ?? {}
    const prefix = prefixes.get(index)
    return prefix === undefined ? name : withPrefix(name, prefix)
  })
  return names.every((name, at) => at === 0 || compareNames(names[at - 1] ?? '', name) <= 0)
}

/** Numbers for all that need one, between those that keep theirs; undefined where there is no room. */
function numberedAnew(
  list: readonly Placed[],
  order: readonly number[],
  needs: (index: number, at: number) => boolean,
): Placing[] | undefined {
  const placings: Placing[] = []
  let before: Bound | undefined
  for (const [at, index] of order.entries()) {
    const row = list[index]
    if (!row) return undefined
    if (!needs(index, at)) {
      const pairs = pairsOf(prefixOf(row.name))
      if (pairs.length > 0) before = { pairs, isJworg: row.isJworg }
      continue
    }
    const after = nextBound(list, order, { at, needs })
    const pairs = between(before, after)
    if (!pairs) return undefined
    before = { pairs, isJworg: false }
    placings.push({ index, prefix: pairs.map(twoDigits).join('-') })
  }
  return placings
}

function nextBound(
  list: readonly Placed[],
  order: readonly number[],
  { at, needs }: { at: number; needs: (index: number, at: number) => boolean },
): readonly number[] | undefined {
  for (const [offset, index] of order.slice(at + 1).entries()) {
    const pairs = pairsOf(prefixOf(list[index]?.name ?? ''))
    if (pairs.length > 0 && !needs(index, at + 1 + offset)) return pairs
  }
  return undefined
}

type Bound = { readonly pairs: readonly number[]; readonly isJworg: boolean }

const mostPairs = 6
const end = 100
const first = 10
const step = 5
// Behind all that JW.org numbers, before all that has no number.
const farBehind = [90, 50]

/** A running number after the one and before the other; undefined where none is left. */
function between(
  before: Bound | undefined,
  after: readonly number[] | undefined,
): readonly number[] | undefined {
  if (!before) return after ? ahead(after) : farBehind
  const { pairs, isJworg } = before
  return (isJworg ? undefined : beside(pairs, after)) ?? below(pairs, after)
}

// `<previous>-NN`: M³ shows it right behind the previous one.
function below(pairs: readonly number[], after: readonly number[] | undefined) {
  if (pairs.length >= mostPairs) return undefined
  const limit = after && startsWith(after, pairs) ? after[pairs.length] : end
  const last = limit === undefined ? undefined : numberIn(-1, limit)
  return last === undefined ? undefined : [...pairs, last]
}

// Next to what was placed before, so that a row of them does not get ever longer numbers.
function beside(pairs: readonly number[], after: readonly number[] | undefined) {
  const parent = pairs.slice(0, -1)
  if (parent.length === 0) return undefined
  const limit = after && startsWith(after, parent) ? after[parent.length] : end
  const last = limit === undefined ? undefined : numberIn(pairs.at(-1) ?? 0, limit)
  return last === undefined ? undefined : [...parent, last]
}

function ahead(after: readonly number[]): readonly number[] | undefined {
  for (const [depth, pair] of after.entries()) {
    const parent = after.slice(0, depth)
    if (pair > 0) return depth === 0 ? [pair - 1, 50] : [...parent, Math.floor(pair / 2)]
  }
  // Zeros alone: what is shorter comes first.
  return after.length > 1 ? after.slice(0, -1) : undefined
}

/** A number above `low` and below `limit`, leaving room on both sides where there is some. */
function numberIn(low: number, limit: number): number | undefined {
  if (limit - low < 2) return undefined
  const roomy = low < 0 ? first : low + step
  return roomy < limit ? roomy : Math.ceil((low + limit) / 2)
}

function startsWith(pairs: readonly number[], start: readonly number[]): boolean {
  return start.every((pair, at) => pairs[at] === pair)
}

function pairsOf(prefix: string): readonly number[] {
  return prefix === '' ? [] : prefix.split('-').map(Number)
}

function twoDigits(pair: number): string {
  return String(pair).padStart(2, '0')
}
