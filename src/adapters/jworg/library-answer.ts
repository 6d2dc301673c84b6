// What the mediator says of JW.org's film library, as far as it matters here.
import * as v from 'valibot'
import type { FilmCategory, LibraryFilm, PublishedFile } from '../../sync/ports.ts'
import { count, linesOf, md5, nameIn, subtitlesOf, text, webAddress } from './answer.ts'

const category = v.object({
  subcategories: v.fallback(v.array(v.unknown()), []),
  media: v.fallback(v.array(v.unknown()), []),
})

const categoryAnswer = v.object({
  category,
  pagination: v.fallback(v.object({ totalCount: count }), { totalCount: 0 }),
})

const itemAnswer = v.object({ media: v.array(v.unknown()) })

const part = v.object({
  key: v.pipe(v.string(), v.minLength(1)),
  name: v.pipe(v.string(), v.minLength(1)),
  type: v.picklist(['container', 'ondemand']),
})

const film = v.object({
  languageAgnosticNaturalKey: v.pipe(v.string(), v.minLength(1)),
  title: text,
  type: v.literal('video'),
  duration: count,
  images: v.fallback(v.record(v.string(), v.unknown()), {}),
  files: v.fallback(v.array(v.unknown()), []),
})

const file = v.object({
  progressiveDownloadURL: v.string(),
  checksum: md5,
  filesize: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  label: text,
  duration: count,
  subtitled: v.fallback(v.boolean(), false),
  subtitles: v.fallback(v.nullish(v.object({ url: v.string(), checksum: md5 })), undefined),
})

/** A page of a category; `total` is how many films it has on all its pages. */
export type CategoryPage = {
  readonly parts: readonly FilmCategory[]
  readonly films: readonly LibraryFilm[]
  /** How many were on this page, also those that make no sense. */
  readonly told: number
  readonly total: number
}

/** A category in an answer; undefined where it is none. What makes no sense in it is left out. */
export function readCategory(value: unknown, address: string): CategoryPage | undefined {
  const parsed = v.safeParse(categoryAnswer, value)
  if (!parsed.success) return undefined
  const { category: found, pagination } = parsed.output
  return {
    parts: found.subcategories.flatMap(readPart),
    films: found.media.flatMap((row) => readFilm(row, address)),
    told: found.media.length,
    total: pagination.totalCount,
  }
}

/** The films in an answer about one; undefined where it is none. */
export function readItem(value: unknown, address: string): LibraryFilm[] | undefined {
  const parsed = v.safeParse(itemAnswer, value)
  return parsed.success
    ? parsed.output.media.flatMap((row) => readFilm(row, address)).slice(0, 1)
    : undefined
}

function readPart(row: unknown): FilmCategory[] {
  const parsed = v.safeParse(part, row)
  if (!parsed.success) return []
  const { key, name, type } = parsed.output
  return [{ key, name, hasParts: type === 'container' }]
}

function readFilm(row: unknown, address: string): LibraryFilm[] {
  const parsed = v.safeParse(film, row)
  if (!parsed.success) return []
  const { output } = parsed
  const files = output.files.flatMap((one) => readFile(one, { address, title: output.title }))
  const picture = pictureIn(output.images, address)
  if (files.length === 0) return []
  return [
    {
      key: output.languageAgnosticNaturalKey,
      title: output.title,
      durationS: output.duration,
      ...(picture !== undefined && { picture }),
      files,
    },
  ]
}

type FileScene = { readonly address: string; readonly title: string }

function readFile(row: unknown, { address, title }: FileScene): PublishedFile[] {
  const parsed = v.safeParse(file, row)
  if (!parsed.success) return []
  const { output } = parsed
  const url = webAddress(output.progressiveDownloadURL, address)
  if (url === undefined) return []
  return [
    {
      name: nameIn(url),
      url,
      size: output.filesize,
      md5: output.checksum,
      title,
      lines: linesOf(output.label),
      hasBurnedInSubtitles: output.subtitled,
      // Of these the key of the film tells.
      symbol: '',
      track: 0,
      durationS: output.duration,
      ...subtitlesOf(output.subtitles ?? undefined, address),
    },
  ]
}

// Pictures come in several shapes, the widest are as wide as films are; and in several sizes.
const shapes = ['wss', 'lss', 'lsr', 'wsr', 'pnr', 'sqr', 'sqs']
const sizes = ['md', 'sm', 'lg', 'xs', 'xl']

const shape = v.fallback(v.record(v.string(), v.unknown()), {})

function pictureIn(images: Readonly<Record<string, unknown>>, address: string): string | undefined {
  const addresses = shapes.flatMap((name) => {
    const found = v.parse(shape, images[name])
    return sizes.map((size) => found[size])
  })
  const [first] = addresses.filter((one) => typeof one === 'string' && one !== '')
  return typeof first === 'string' ? webAddress(first, address) : undefined
}
