// What all worlds have in common: days, names, bytes, and what belongs to others.
import { addDays, type Day, type Place } from '../../src/domain/day.ts'
import { always, type Rule } from '../../src/domain/recurrence.ts'
import { contentKey } from '../../src/sync/content-key.ts'

export const monday: Day = '2026-11-16'

const names = ['photo.jpg', 'Photo.jpg', 'talk.mp4', 'é.jpg', 'e\u0301.jpg', 'map (2).png']

/** Days of this week and the next, and every meeting. */
const places: readonly Place[] = [
  addDays(monday, 2),
  addDays(monday, 5),
  addDays(monday, 9),
  'recurring',
]

/** An empty one gives the order back to the names. */
const prefixes = ['00-50', '', '05-10', '90-50']

const rules: readonly Rule[] = [
  { meetings: 'midweek' },
  { meetings: 'weekend' },
  { meetings: 'all', until: addDays(monday, 4) },
  always,
]

export const prefixAt = (index: number) => prefixes[index % prefixes.length] ?? ''
export const ruleAt = (index: number) => rules[index % rules.length] ?? always
export const nameAt = (index: number) => names[index % names.length] ?? 'photo.jpg'
export const placeAt = (index: number) => places[index % places.length] ?? 'recurring'

/** Some contents have the same size, so that only the bytes tell them apart. */
export const contentOf = (index: number) => `content ${index}${'.'.repeat(index % 3)}`

/**
 * What M³ uploads. Where a server tells no strong ETag, nobody can notice that M³ wrote over an upload of ours within the
 * same second and in the same size: for such servers its contents have sizes of their own.
 */
export const m3ContentOf = (index: number) => `M³ content ${index}${'.'.repeat(index % 3)}`

/** What lies there while M³ is at it. */
export const halfOf = (text: string) => `half of ${text}`

/** What belongs to others and nobody may touch: on the server, in a neighbour's folder there, and on every disk. */
export const foreign: Readonly<
  Record<'server' | 'neighbour' | 'disk', Readonly<Record<string, string>>>
> = {
  server: { 'Media/readme.txt': 'not ours', 'notes.txt': 'mine' },
  neighbour: { 'private/letter.txt': 'dear sister' },
  disk: { [`${addDays(monday, 2)}/notes.txt`]: 'turn the lights down' },
}

/** What belongs to others on the server, by path. */
export function foreignFiles(hasNeighbour: boolean): [path: string, text: string][] {
  return Object.entries({ ...foreign.server, ...(hasNeighbour && foreign.neighbour) })
}

const contents = Array.from({ length: 10 }, (_, index) => [contentOf(index), m3ContentOf(index)])
const texts = contents.flat().flatMap((text) => [text, halfOf(text)])

/** The bytes that anybody ever uploads, by content key. */
export const ownTexts: ReadonlyMap<string, string> = new Map(
  await Promise.all(texts.map(async (text) => [await contentKey(new Blob([text])), text] as const)),
)
