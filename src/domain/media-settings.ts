/** How high a film's picture may be at most, as JW.org offers it. */
export const resolutions = ['240p', '360p', '480p', '720p'] as const

export type Resolution = (typeof resolutions)[number]

/** What of JW.org's media a congregation shows, and how. Languages are JW.org's codes, such as `E` or `ASL`. */
export type MediaSettings = {
  readonly language?: string | undefined
  /** For what is not published in the language. */
  readonly fallback?: string | undefined
  readonly hasSubtitles: boolean
  /** Undefined: the language of the media. */
  readonly subtitlesLanguage?: string | undefined
  readonly resolution: Resolution
  /** Pictures and sound become films, for players that can show nothing else. */
  readonly becomesMp4: boolean
  /** What was converted stays beside what it became. */
  readonly keepsOriginals: boolean
  /** Each day's folder gets a list for VLC. */
  readonly hasPlaylists: boolean
  /** Without what the brochure th brings. */
  readonly omitsTh: boolean
  /** Without the pictures of the book lff. */
  readonly omitsLffPictures: boolean
  readonly omitsFootnotes: boolean
  /** With pictures that are meant for the printed page. */
  readonly hasPrinted: boolean
  /** Pictures that the VO adds become no larger than the congregation shows them. */
  readonly scalesPictures: boolean
  /** Pictures out of publications are put into the sync folder, for devices that cannot have the publications. */
  readonly sharesPictures: boolean
}
