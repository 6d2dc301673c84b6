import type { ExtractRow, MediaRow, PublicationDocument } from '../../../src/domain/publication.ts'
import { defaultSettings, type Settings } from '../../../src/domain/settings.ts'

/** A congregation that shows its media in English; what a test does not name is as before anybody set it. */
export function settingsWith(media: Partial<Settings['media']> = {}): Settings {
  return { ...defaultSettings, media: { ...defaultSettings.media, language: 'E', ...media } }
}

/** A document of a publication; what a test does not name is empty. */
export function documentOf(parts: Partial<PublicationDocument> = {}): PublicationDocument {
  const lists = { media: [], extracts: [], paragraphs: [], questions: [] }
  return { id: 1, mepsId: 700, kind: 106, title: 'A document', ...lists, ...parts }
}

/** A picture that is shown at an ordinal. */
export function picture(id: number, row: Partial<MediaRow> = {}): MediaRow {
  return {
    id,
    mimeType: 'image/jpeg',
    category: 8,
    label: '',
    caption: `Picture ${id}`,
    path: `picture_${id}.jpg`,
    isZoomSuppressed: false,
    ...row,
  }
}

/** A film that is shown at an ordinal. */
export function film(id: number, row: Partial<MediaRow> = {}): MediaRow {
  const kind = { mimeType: 'video/mp4', dataType: 2, category: -1, path: '', caption: '' }
  return picture(id, { ...kind, label: `Film ${id}`, symbol: 'mwbv', track: id, ...row })
}

/** A song of the songbook. */
export function song(id: number, track: number, row: Partial<MediaRow> = {}): MediaRow {
  return film(id, { symbol: 'sjjm', track, label: '', ...row })
}

/** A piece of a book of category `bk`, looked up at an ordinal. */
export function extract(
  id: number,
  uniqueSymbol: string,
  row: Partial<ExtractRow> = {},
): ExtractRow {
  return {
    id,
    link: 'p/E:1102026777/4-9',
    caption: '',
    uniqueSymbol,
    undatedSymbol: uniqueSymbol,
    issue: 0,
    category: 'bk',
    mepsDocument: 500 + id,
    from: 10,
    to: 20,
    begin: 12,
    position: id,
    ...row,
  }
}

/** The words of a song, which a meeting's document has people look up where it is sung. */
export function songWords(id: number, begin: number, row: Partial<ExtractRow> = {}): ExtractRow {
  return extract(id, 'sjj', { begin, documentKind: 31, category: 'bk', ...row })
}
