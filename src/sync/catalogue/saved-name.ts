// What the names of JW.org's files say: `sjjm_E_044_r720P.mp4`, `mwb_E_202611.jwpub`.
import type { MediaQuestion } from '../ports.ts'

/** The parts of such a name; `publication` is a symbol or the number of a document, `issue` is YYYYMM or YYYYMMDD. */
type SavedName = {
  readonly publication: string
  readonly language: string
  readonly issue: number
  readonly track: number
  /** How high the picture is, in lines; 0 where the name does not say. */
  readonly lines: number
  readonly hasBurnedInSubtitles: boolean
}

// Browsers put a number behind the name of what they save again: ` (2)`, ` 2`, `-2`. Right behind other numbers it might
// be a part of them.
const pattern =
  /^([a-z0-9-]+)_([A-Z0-9]+)(?:_(\d{6}|\d{8}))?(?:_(\d{1,3}))?(_subtitled)?(?:_r(\d{3,4})P\d{0,3})?(?: ?\(\d+\)|[ -]\d{1,3})?\.\w+$/

/** Reads a name; undefined where it is none of JW.org's. */
export function readSavedName(name: string): SavedName | undefined {
  const match = pattern.exec(name)
  if (!match) return undefined
  const [, publication = '', language = '', issue, track, subtitled, lines] = match
  return {
    publication,
    language,
    issue: Number(issue ?? 0),
    track: Number(track ?? 0),
    lines: Number(lines ?? 0),
    hasBurnedInSubtitles: subtitled !== undefined,
  }
}

/** True where a file of that name would answer a question about a film. */
export function isFilmAskedFor(name: SavedName, question: MediaQuestion): boolean {
  const { kind, language, symbol, document, issue = 0, track } = question
  if (kind !== 'film' || language !== name.language) return false
  if ((symbol ?? String(document)) !== name.publication) return false
  return isSameIssue(issue, name.issue) && (track ?? name.track) === name.track
}

// A month has no day: 20261100 and 202611 are the same.
function isSameIssue(asked: number, named: number): boolean {
  return asked === named || asked === named * 100
}
