import type { Day } from './day.ts'
import { splitName } from './naming.ts'
import { withPrefix } from './prefix.ts'

/** Where the list of a day lies, in its folder. */
export function dayPlaylistName(day: Day): string {
  return `${day}.xspf`
}

/** The list of a day's files for VLC (XSPF 1); its addresses are relative, so that the folder can be taken elsewhere. */
export function dayPlaylist(day: Day, fileNames: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
    `  <title>${day}</title>`,
    '  <trackList>',
    ...fileNames.map(trackOf),
    '  </trackList>',
    '</playlist>',
    '',
  ].join('\n')
}

function trackOf(fileName: string): string {
  const location = escaped(addressOf(fileName))
  const title = escaped(splitName(withPrefix(fileName, '')).stem)
  return `    <track><location>${location}</location><title>${title}</title></track>`
}

// RFC 3986 §4.2: a colon in the first segment would make it an absolute address. What encodeURIComponent lets pass and
// some players do not is spelled out.
function addressOf(fileName: string): string {
  const spelled = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(fileName.replace(/\p{Cs}/gu, '')).replace(/[!'()*]/g, spelled)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

// XML 1.0 §2.2 has no form at all for most control characters, half characters and noncharacters.
const unspeakable = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu

function escaped(text: string): string {
  return text.replace(unspeakable, '').replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
}
