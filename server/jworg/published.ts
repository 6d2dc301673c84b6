import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../../src/domain/day.ts'
import { sampleMedia } from '../sample-files.ts'
import { filmOfDocument, filmsOf, type Film } from './films.ts'
import type { SampleLanguage } from './languages.ts'
import { markedFilm, markedSound } from './marked.ts'
import type { PublicationPlan } from './plan.ts'
import { planOf, withPictures, type Wanted } from './programme.ts'
import { buildPublication } from './publication.ts'

/** How a file is packed. */
export type FileFormat = 'JWPUB' | 'MP4' | 'MP3' | 'VTT'

/** One file that the sample publishes. `make` gives its bytes as of a release, counted from 1. */
export type Published = {
  /** As in its address, such as `sjjm_E_044_r720P.mp4`. */
  readonly name: string
  readonly format: FileFormat
  readonly label: string
  readonly title: string
  readonly durationS: number
  readonly isSubtitled: boolean
  readonly film?: Film
  make(release: number): Promise<Uint8Array>
}

/** The bytes of a file, and what tells them from others; `md5` is lower-case hex. */
export type Body = { readonly bytes: Uint8Array; readonly md5: string }

const labels = [
  { label: '240p', padding: 64, width: 426, height: 240 },
  { label: '360p', padding: 8_000, width: 640, height: 360 },
  { label: '480p', padding: 24_000, width: 854, height: 480 },
  { label: '720p', padding: 64_000, width: 1280, height: 720 },
]

const mostKept = 60

/** The size of a film's picture by its label. */
export function frameOf(label: string): { readonly width: number; readonly height: number } {
  return labels.find((known) => known.label === label) ?? { width: 0, height: 0 }
}

/** The files of a publication, a song or a film with a symbol; none where it is not published by today. */
export function filesOf(wanted: Wanted, today: Day): Published[] {
  const plan = planOf(wanted, today)
  const films = filmsOf(wanted.symbol, wanted.language, wanted.issue)
  return [
    ...(plan ? [publicationFile(plan, wanted)] : []),
    ...films.flatMap((film) => filmFiles(film, wanted.language)),
  ]
}

/** The files of a film that is known by its document. */
export function filesOfDocument(document: number, language: SampleLanguage): Published[] {
  const film = filmOfDocument(document, language)
  return film ? filmFiles(film, language) : []
}

function publicationFile(plan: PublicationPlan, { symbol, language, issue }: Wanted): Published {
  return {
    name: `${symbol}_${language}${issue === 0 ? '' : `_${issue}`}.jwpub`,
    format: 'JWPUB',
    label: '0p',
    title: plan.title,
    durationS: 0,
    isSubtitled: false,
    async make(release) {
      const timestamp = `2026-01-${String(release).padStart(2, '0')}T00:00:00Z`
      return buildPublication({ ...(await withPictures(plan)), timestamp })
    },
  }
}

function filmFiles(film: Film, language: SampleLanguage): Published[] {
  const name = filmName(film, language)
  const common = { title: film.title, durationS: film.durationS, isSubtitled: false, film }
  const videos = labels.map(({ label, padding }): Published => {
    const own = `${name}_r${label.toUpperCase()}.mp4`
    return { ...common, name: own, format: 'MP4', label, make: filmMaker(film, own, padding) }
  })
  const sound: Published = {
    ...common,
    name: `${name}.mp3`,
    format: 'MP3',
    label: '0p',
    make: async (release) =>
      markedSound(await readFile(join(sampleMedia, 'chime.mp3')), `${name} ${release}`),
  }
  const burnedIn = film.hasBurnedIn ? videos.map(withWords) : []
  return [...burnedIn, ...videos, ...(film.hasSound ? [sound] : [])]
}

function filmName({ symbol, document, issue, track }: Film, language: SampleLanguage): string {
  const parts = [symbol === '' ? document : symbol, language, ...(issue === 0 ? [] : [issue])]
  return [...parts, String(track).padStart(3, '0')].join('_')
}

function filmMaker({ file }: Film, name: string, padding: number): Published['make'] {
  return async (release) =>
    markedFilm(await readFile(join(sampleMedia, file)), `${name} ${release}. `, padding)
}

// The same length in the same size, with the words in the picture.
function withWords(video: Published): Published {
  const name = video.name.replace('_r', '_subtitled_r')
  return {
    ...video,
    name,
    isSubtitled: true,
    make: async (release) => markedFilm(await video.make(release), name),
  }
}

/** The words of a film, to be shown beside it. */
export function subtitlesOf({ name, title, durationS }: Published): Published {
  const text = `WEBVTT\n\n00:00:00.000 --> 00:00:0${Math.min(9, durationS)}.000\n${title}\n`
  return {
    name: name.replace(/(?:_subtitled)?_r\d+P\.mp4$/, '.vtt'),
    format: 'VTT',
    label: '0p',
    title,
    durationS,
    isSubtitled: false,
    make: (release) => Promise.resolve(Buffer.from(text + (release > 1 ? '\n' : ''))),
  }
}

/** Makes files when they are asked for, and keeps the latest ones. */
export function createBodies(): (file: Published, release: number) => Promise<Body> {
  const kept = new Map<string, Promise<Body>>()
  return (file, release) => {
    const key = `${release}/${file.name}`
    const body = kept.get(key) ?? bodyOf(file, release)
    // Taken out and put in again, so that the first key is always the one that was quiet the longest.
    kept.delete(key)
    kept.set(key, body)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return body
  }
}

async function bodyOf(file: Published, release: number): Promise<Body> {
  const bytes = await file.make(release)
  return { bytes, md5: createHash('md5').update(bytes).digest('hex') }
}
