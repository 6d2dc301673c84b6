/**
 * What goes wrong at the sample's JW.org, for tests. All patterns are compared with a request's path and query as they
 * came (where it says so, with a file's name); they may be changed while the service runs.
 */
export type JworgSwitches = {
  /** The media service's answers may not be read by pages from elsewhere. */
  refusesApi?: boolean
  /** Nor may these files, by their names. */
  refusesFiles?: RegExp
  /** Files come no faster. */
  bytesPerSecond?: number
  /** These files break off in the middle, by their names. */
  truncates?: RegExp
  /** What the service says of these files is another file's MD5, by their names. */
  wrongChecksums?: RegExp
  /** So many requests are turned away. */
  busy?: {
    readonly status: 429 | 503
    times: number
    readonly of?: RegExp
    readonly retryAfterS?: number
  }
  /** These are answered by a page, as if all were well. */
  pages?: RegExp
  /** So many films of a category come at once. */
  filmsAtOnce?: number
  /** From the second answer about them on, these files are others, by their names. */
  rereleases?: RegExp
}
