// What stands in a playlist of JW Library's (.jwlplaylist), row by row: the columns that matter, as they are.

/** A file inside a playlist: `path` is a bare name there, `originalName` what it was called before. */
export type PlaylistFile = {
  readonly path: string
  readonly originalName: string
  readonly mimeType: string
  readonly size: number
}

/** Something of JW.org's, as a playlist refers to it. */
export type PlaylistLocation = {
  readonly symbol?: string
  readonly track?: number
  readonly issue?: number
  readonly document?: number
  /** A book of the Bible, by its number: such a recording is one of a book's many. */
  readonly book?: number
  /** Its language, as a number of JW.org's own (`mepsLanguages`). */
  readonly language?: number
  readonly title: string
  /** 2 is sound, 3 a film. */
  readonly type: number
}

/** One item of a playlist, in it or at JW.org; neither where the playlist does not say what it is. */
export type PlaylistRow = {
  readonly id: number
  readonly label: string
  readonly file?: PlaylistFile
  readonly location?: PlaylistLocation
  /** The small picture of it, by its bare name in the playlist. */
  readonly thumbnail?: string
}
