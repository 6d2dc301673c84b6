import type { FilmName } from './programme.ts'

/**
 * A film as the media service is asked for it, from the key that it has in JW.org's film library:
 * `pub-<symbol>[_<issue>]_<track>_VIDEO` or `docid-<document>_<track>_VIDEO`. Undefined where it cannot be asked for so.
 */
export function filmOfKey(key: string): FilmName | undefined {
  return filmOfPublication(key) ?? filmOfDocument(key)
}

function filmOfPublication(key: string): FilmName | undefined {
  const match = /^pub-([A-Za-z\d-]+)(?:_(\d{6}|\d{8}))?_(\d{1,4})_VIDEO$/.exec(key)
  const [, symbol, issue, track] = match ?? []
  // Without a track it would be every film of the publication.
  if (symbol === undefined || Number(track) === 0) return undefined
  return { symbol, ...(issue !== undefined && { issue: issueOf(issue) }), ...trackOf(track) }
}

function filmOfDocument(key: string): FilmName | undefined {
  const [, document, track] = /^docid-(\d+)_(\d{1,4}|x)_VIDEO$/.exec(key) ?? []
  return document === undefined ? undefined : { document: Number(document), ...trackOf(track) }
}

function issueOf(text: string): number {
  return Number(text.padEnd(8, '0'))
}

function trackOf(text: string | undefined): Pick<FilmName, 'track'> {
  const track = Number(text)
  return track > 0 ? { track } : {}
}
