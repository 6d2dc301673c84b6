import fc from 'fast-check'
import type { Facts } from '../../../src/domain/curation.ts'
import { curate } from '../../../src/domain/curation.ts'
import type { Day, Place, Week } from '../../../src/domain/day.ts'
import type { Act, StampedAct } from '../../../src/domain/act.ts'
import type { Contents, Marker, PlacedFile } from '../../../src/domain/layout.ts'
import type { CatalogueItem, ContentKey, CuratedDay } from '../../../src/domain/media.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'

/** A week of the tests' congregation: it meets on Thursday and Sunday. */
export const week: Week = '2026-11-16'
export const thursday: Day = '2026-11-19'
export const friday: Day = '2026-11-20'
export const sunday: Day = '2026-11-22'

export const settings = { ...defaultSettings, meetings: { midweek: 3, weekend: 6 } } as const

const nothing: Facts = {
  catalogue: [],
  contents: { files: [], markers: [], odd: [] },
  journal: [],
  settings,
  notes: [],
  seen: [],
}

/** What is known of a congregation; what a test does not name is empty. */
export function known(facts: Partial<Omit<Facts, 'contents'>> & Partial<Contents>): Facts {
  const { files = [], markers = [], ...rest } = facts
  return { ...nothing, ...rest, contents: { files, markers, odd: [] } }
}

export function contentsOf(
  files: readonly PlacedFile[],
  markers: readonly Marker[] = [],
): Contents {
  return { files, markers, odd: [] }
}

type FileFacts = { readonly size?: number; readonly etag?: string; readonly folder?: string }

/** A file as the sync folder shows it. */
export function file(place: Place, name: string, facts: FileFacts = {}): PlacedFile {
  const folder = facts.folder ?? (place === 'recurring' ? 'Recurring' : place)
  const size = facts.size ?? 1_000
  const version = { size, etag: facts.etag ?? `etag of ${name}` }
  return { place, name, size, source: { at: 'remote', path: `Media/${folder}/${name}`, version } }
}

/** Something of JW.org; its bytes follow from its id. */
export function item(day: Day, id: string, name: string): CatalogueItem {
  return { id, day, name, url: `https://media.example/${id}`, size: 5_000, md5: md5Of(id) }
}

function md5Of(id: string): string {
  return Buffer.from(id).toString('hex')
}

export function sha(letter: string): ContentKey {
  return `sha256-${letter.repeat(64)}`
}

/** An act of a device, at noon of a day. */
export function stamped(
  act: Act,
  facts: { lamport?: number; device?: string; at?: Day; id?: string } = {},
): StampedAct {
  const { lamport = 1, device = 'tablet', at = '2026-11-16' } = facts
  return {
    id: facts.id ?? `${device}-${lamport}`,
    device,
    lamport,
    at: `${at}T12:00:00.000Z`,
    act,
  }
}

/** A day of the tests' week as everyone gets it. */
export function dayOf(facts: Facts, day: Day): CuratedDay {
  const found = curate(facts, week).find((curated) => curated.day === day)
  if (!found) throw new Error(`${day} is not in the week`)
  return found
}

export function shownNames({ items }: CuratedDay): string[] {
  return items.filter(({ hiddenBy }) => hiddenBy.length === 0).map(({ name }) => name)
}

export function hiddenNames({ items }: CuratedDay): string[] {
  return items.filter(({ hiddenBy }) => hiddenBy.length > 0).map(({ name }) => name)
}

/** Names as people and other tools make them: alike but for case, Unicode form, prefix or language, and plain odd. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'Photo.jpg',
      'photo.JPG',
      'photo.jpg',
      'photo (2).jpg',
      'Café.jpg',
      'Cafe\u0301.jpg',
      'CAFÉ.JPG',
      '03-01 - Song 44 - X.mp4',
      '03-01 - Lied 44 - X.mp4',
      '04-01 - Song 44 - X.mp4',
      'straße.png',
      'STRASSE.png',
      '😀.jpg',
      'con.txt',
      '.hidden',
      'a/b.jpg',
      'Song 44.mp4',
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }) },
)

/** The same things in another order, some of them more than once. */
export function repeatedAndShuffled<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc
    .subarray([...values])
    .chain((again) =>
      fc.shuffledSubarray([...values, ...again], { minLength: values.length + again.length }),
    )
}
