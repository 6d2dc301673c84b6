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
 * one's file has that file. Rows come and stay in the order of their ordinals.
 */
export function shownMedia(media: readonly MediaRow[], settings: Filter): MediaRow[] {
  const first = new Map(media.toReversed().map((row) => [row.id, row]))
  const shown = new Map([...first].filter(([, row]) => isShown(row, settings)))
  const absorbed = new Set<number>()
  const merged = [...new Set(media.map(({ id }) => id))].flatMap((id) => {
    const row = first.get(id)
    if (!row || absorbed.has(id)) return []
    const twin = twinOf(row, shown)
    // Two that stand for each other are one picture, not none.
    if (!twin || absorbed.has(twin.id)) return shown.has(id) ? [row] : []
    absorbed.add(twin.id)
    return [merge(row, twin)]
  })
  return merged.filter(({ id }) => !absorbed.has(id))
}

// What a film is linked with is its cover.
function twinOf(row: MediaRow, shown: ReadonlyMap<number, MediaRow>): MediaRow | undefined {
  if (row.linked === undefined || row.linked === row.id || row.isZoomSuppressed) return undefined
  if (row.category === filmCategory || neverShown.has(row.category) || !isPicture(row)) return
  const twin = shown.get(row.linked)
  return twin && isPicture(twin) ? twin : undefined
}

function merge(row: MediaRow, twin: MediaRow): MediaRow {
  const { path, mimeType, category } = twin
  const caption = row.caption || twin.caption
  return { ...row, path, mimeType, category, caption, label: row.label || twin.label }
}

/** What a picture is called: its caption or its label, whichever says more. */
export function titleOf({ caption, label }: Pick<MediaRow, 'caption' | 'label'>): string {
  return label.length > caption.length ? label : caption
}
