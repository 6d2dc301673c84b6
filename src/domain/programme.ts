// What JW.org's publications say a meeting shows, before anybody knows where the bytes are.
import type { Ordinal } from './publication.ts'

/** A publication to look for: JW.org's symbol and issue, YYYYMM00; 0 where it has no issues. */
export type PublicationName = { readonly symbol: string; readonly issue: number }

/** A film or song as JW.org's media service is asked for it. */
export type FilmName = {
  readonly symbol?: string
  readonly issue?: number
  readonly track?: number
  readonly document?: number
}

/** A picture inside a publication that was opened: `path` is a bare file name. */
export type PictureName = {
  readonly publication: PublicationName
  readonly language: string
  readonly path: string
}

/** What stands before a title: the paragraph it belongs to, or that it belongs to a footnote. */
export type ItemLabel =
  { readonly of: 'paragraph'; readonly text: string } | { readonly of: 'footnote' }

/** One thing that a meeting shows. */
export type ProgrammeItem = {
  /** Survives a change of title, language, order and resolution; the only one of its kind in its meeting. */
  readonly id: string
  readonly ordinal: Ordinal
  readonly title: string
  readonly label?: ItemLabel
  /** The number of a song of the meeting's songbook. */
  readonly song?: number
  readonly content:
    | { readonly kind: 'picture'; readonly picture: PictureName }
    /** `languages` are the codes to try after the settings' own ones, the likeliest first. */
    | { readonly kind: 'film'; readonly film: FilmName; readonly languages: readonly string[] }
}

/** The parts of a meeting in their order, each with its items: what the running numbers of file names count. */
export type Programme = {
  readonly parts: readonly {
    /** 1 to 3 midweek; undefined at the weekend, whose names have no section. */
    readonly section?: 1 | 2 | 3
    readonly items: readonly ProgrammeItem[]
  }[]
}
