/** What a WebDAV server does its own way; each was seen on a real one (docs/servers.md). */
export type Traits = {
  /** `fresh-weak`: weak for two seconds after a change, as Apache's; `numeric`: all digits without quotes. */
  readonly etags: 'strong' | 'fresh-weak' | 'weak' | 'numeric' | 'none'
  /** What times are rounded down to, milliseconds. */
  readonly timeStepMs: 1 | 1000
  /** How far the server's clock is ahead of everybody's, milliseconds. */
  readonly clockAheadMs: number
  /** `lying`: a deep listing holds one level only, `forgetful`: not what was put into `Media` last; as if that were all. */
  readonly deep: 'true' | 'lying' | 'forgetful' | 'refused'
  /** What an upload that breaks off leaves of the file. */
  readonly cutUpload: 'old file' | 'what arrived'
  /** How a MOVE onto something is refused: 412, or a 207 that carries it. */
  readonly refusal: 412 | 207
  readonly hasRanges: boolean
  /** False: a browser cannot read what time it is by the server's clock. */
  readonly tellsTime: boolean
  /** False: a browser cannot read answers that tell of trouble. */
  readonly hasCorsOnErrors: boolean
  /** How names are kept: as they come, decomposed (NFD), or with one case for all. */
  readonly names: 'as they come' | 'decomposed' | 'one case'
}

/** A server without any oddity. */
export const plainTraits: Traits = {
  etags: 'strong',
  timeStepMs: 1,
  clockAheadMs: 0,
  deep: 'refused',
  cutUpload: 'old file',
  refusal: 412,
  hasRanges: true,
  tellsTime: true,
  hasCorsOnErrors: true,
  names: 'as they come',
}
