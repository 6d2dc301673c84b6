// What of a document's media people see.
import type { MediaSettings } from './media-settings.ts'
import type { MediaRow } from './publication.ts'

type Filter = Pick<MediaSettings, 'hasPrinted'>

export function isFilm({ mimeType }: MediaRow): boolean {
  return /^(?:video|audio)\//.test(mimeType)
}

export function isPicture({ mimeType }: MediaRow): boolean {
  return mimeType.startsWith('image/')
}

/** True for the symbols of the songbook: `sjjm` has its films, `sjj` those of sign languages. */
export function isSongbook(symbol: string | undefined): boolean {
  return symbol !== undefined && symbol.startsWith('sjj')
}

/** True for a song of the songbook. */
export function isSong(row: MediaRow): boolean {
  return isFilm(row) && isSongbook(row.symbol) && (row.track ?? 0) > 0
}

// Covers, and pictures that are part of a page's design.
const neverShown = new Set([9, 10, 25])
// Pictures as the printed page has them.
const printed = new Set([4, 6])
const filmCategory = -1

function isShown(row: MediaRow, { hasPrinted }: Filter): boolean {
  if (isFilm(row)) return true
  if (!isPicture(row) || row.isZoomSuppressed || neverShown.has(row.category)) return false
  return hasPrinted || !printed.has(row.category)
}

/**
 * The media of a document that is meant to be shown, each once, at its first place; a picture that stands for another
 * one's file has that file, and at one place a picture is shown once. Rows come and stay in the order of their ordinals.
 */
export function shownMedia(media: readonly MediaRow[], settings: Filter): MediaRow[] {
  const first = new Map(media.toReversed().map((row) => [row.id, row]))
  const rows = [...new Set(media.map(({ id }) => id))].flatMap((id) => first.get(id) ?? [])
  const wholes = wholesOf(first, settings)
  const seen = rows.flatMap((row) => {
    const whole = wholes.get(row.id)
    return whole ? [{ row, whole }] : []
  })
  const there = oncePerPlace(seen)
  return seen.filter(({ row }) => there.has(row.id)).map((one) => merge(one, settings))
}

/** The row whose file another one stands for; `isCircle` where links have no end, so that each keeps its own file. */
type Whole = { readonly end: MediaRow; readonly isCircle: boolean }

type Seen = { readonly row: MediaRow; readonly whole: Whole }

/** Where the links of each row end, by its id: at the last one that is shown. None where none of them is. */
function wholesOf(
  rows: ReadonlyMap<number, MediaRow>,
  settings: Filter,
): ReadonlyMap<number, Whole | undefined> {
  const wholes = new Map<number, Whole | undefined>()
  for (const row of rows.values()) {
    const { chain, next } = newLinksOf(row, rows, wholes)
    const circle = next && chain.includes(next) ? chain.slice(chain.indexOf(next)) : []
    const end = circle.findLast((link) => isShown(link, settings))
    for (const { id } of circle) wholes.set(id, end && { end, isCircle: true })
    let whole = next && wholes.get(next.id)
    // What only leads to a circle ends before it.
    for (const link of chain.slice(0, chain.length - circle.length).toReversed()) {
      if ((!whole || whole.isCircle) && isShown(link, settings))
        whole = { end: link, isCircle: false }
      wholes.set(link.id, whole)
    }
  }
  return wholes
}

/** The links from a row on of which nothing is known yet, and where they lead. */
function newLinksOf(
  row: MediaRow,
  rows: ReadonlyMap<number, MediaRow>,
  known: ReadonlyMap<number, unknown>,
) {
  const chain = new Set<MediaRow>()
  let next: MediaRow | undefined = row
  while (next && !known.has(next.id) && !chain.has(next)) {
    chain.add(next)
    next = twinOf(next, rows)
  }
  return { chain: [...chain], next }
}

// What a film is linked with is its cover.
function twinOf(row: MediaRow, rows: ReadonlyMap<number, MediaRow>): MediaRow | undefined {
  if (row.linked === undefined || row.linked === row.id || !mayStandForAnother(row))
    return undefined
  const twin = rows.get(row.linked)
  return twin && mayStandForAnother(twin) ? twin : undefined
}

function mayStandForAnother(row: MediaRow): boolean {
  return row.category !== filmCategory && isShown(row, { hasPrinted: true }) && isPicture(row)
}

/** The ids of the rows that are needed to see everything where it stands; of two that show the same the small one. */
function oncePerPlace(seen: readonly Seen[]): ReadonlySet<number> {
  const placed = new Set(
    seen.flatMap(({ row, whole }) => (row.begin === undefined ? [] : [whole.end])),
  )
  const there = new Map<string, number>()
  for (const { row, whole } of seen) {
    // What stands nowhere need not be shown once more.
    if (row.begin === undefined && placed.has(whole.end)) continue
    const place = `${row.begin} ${whole.end.id}`
    const held = there.get(place)
    if (held === undefined || held === whole.end.id) there.set(place, row.id)
  }
  return new Set(there.values())
}

function merge({ row, whole: { end, isCircle } }: Seen, settings: Filter): MediaRow {
  if (end === row || (isCircle && isShown(row, settings))) return row
  const { path, mimeType, category } = end
  const caption = row.caption || end.caption
  return { ...row, path, mimeType, category, caption, label: row.label || end.label }
}

/** What a picture is called: its caption or its label, whichever says more. */
export function titleOf({ caption, label }: Pick<MediaRow, 'caption' | 'label'>): string {
  return label.length > caption.length ? label : caption
}
