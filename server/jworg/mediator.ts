// The film library as JW.org's mediator tells of it.
import type { Day } from '../../src/domain/day.ts'
import { isSampleLanguage, mepsOf, type SampleLanguage } from './languages.ts'
import { categoryOf, firstCategoryOf, root, type Category } from './library.ts'
import type { Release } from './links.ts'
import { filesOf, filesOfDocument, frameOf, subtitlesOf, type Published } from './published.ts'
import { pictureWidths } from './thumbnail.ts'

/** What the answers are told with: `pictures` is the address below which the films' pictures are. */
type Telling = {
  readonly language: string
  readonly today: Day
  readonly release: Release
  readonly pictures: string
}

/** How much of a category is asked for; `mediaLimit` is how many films of each part. */
export type Cut = {
  readonly isDetailed: boolean
  readonly offset: number
  readonly limit: number
  readonly mediaLimit: number
}

const mostFilms = 100

/** Reads what was asked of a category; `most` films come at once. */
export function readCut(query: URLSearchParams, most = mostFilms): Cut {
  const number = (name: string, otherwise: number) => {
    const text = query.get(name) ?? ''
    return /^\d+$/.test(text) ? Number(text) : otherwise
  }
  return {
    isDetailed: query.get('detailed') === '1',
    offset: number('offset', 0),
    limit: Math.min(most, number('limit', most)),
    mediaLimit: number('mediaLimit', most),
  }
}

/** A category with its parts, or a page of its films; undefined where there is none, or nothing in the language. */
export async function categoryAnswer(key: string, cut: Cut, telling: Telling) {
  const category = categoryOf(key)
  if (!category || !isSampleLanguage(telling.language) || !hasFilms(category, telling))
    return undefined
  const { offset, limit } = cut
  const films = await pageOf(category, cut, telling)
  return {
    category: {
      ...headOf(category),
      parentCategory: category === root ? null : headOf(root),
      ...(cut.isDetailed && { subcategories: await partsOf(category, cut, telling), ...films }),
    },
    language: { languageCode: telling.language },
    pagination: { totalCount: keysOf(category, telling).length, offset, limit },
  }
}

function headOf(category: Category) {
  const { key, name } = category
  const type = 'parts' in category ? 'container' : 'ondemand'
  return { key, type, name, description: '', tags: [], images: {} }
}

async function partsOf(category: Category, cut: Cut, telling: Telling) {
  const parts = 'parts' in category ? category.parts : []
  const shown = parts.filter((part) => hasFilms(part, telling))
  const first = { ...cut, offset: 0, limit: cut.mediaLimit }
  return Promise.all(
    shown.map(async (part) => ({ ...headOf(part), ...(await pageOf(part, first, telling)) })),
  )
}

async function pageOf(category: Category, { offset, limit }: Cut, telling: Telling) {
  if ('parts' in category) return {}
  const keys = keysOf(category, telling).slice(offset, offset + limit)
  return { media: (await Promise.all(keys.map((key) => mediaItem(key, telling)))).filter(Boolean) }
}

function keysOf(category: Category, telling: Telling): string[] {
  const keys = 'films' in category ? category.films : []
  return keys.filter((key) => filesOfKey(key, telling).length > 0)
}

function hasFilms(category: Category, telling: Telling): boolean {
  if ('parts' in category) return category.parts.some((part) => hasFilms(part, telling))
  return keysOf(category, telling).length > 0
}

/** What is told of one film; undefined where there is none in the language. */
export async function mediaItem(key: string, telling: Telling) {
  const files = filesOfKey(key, telling)
  const [first] = files
  if (!first) return undefined
  const { language, pictures } = telling
  const sizes = Object.keys(pictureWidths).map((size) => [size, `${pictures}/${key}_${size}.png`])
  return {
    guid: `${language}-${key}`,
    languageAgnosticNaturalKey: key,
    naturalKey: key.replace('-', `-${language}-`),
    type: 'video',
    primaryCategory: firstCategoryOf(key) ?? '',
    title: first.title,
    description: '',
    firstPublished: '2026-01-01T12:00:00.000Z',
    duration: first.durationS,
    tags: [],
    images: { wss: Object.fromEntries(sizes) as Record<string, string> },
    availableLanguages: Object.keys(mepsOf).filter(
      (code) => filesOfKey(key, { ...telling, language: code }).length > 0,
    ),
    files: await Promise.all(files.map((file) => fileAnswer(file, telling))),
  }
}

async function fileAnswer(file: Published, { release }: Telling) {
  const { url, size, md5 } = await release(file)
  const words = await release(subtitlesOf(file))
  const { width, height } = frameOf(file.label)
  const modifiedDatetime = '2026-01-01T12:00:00.000Z'
  return {
    progressiveDownloadURL: url,
    checksum: md5,
    filesize: size,
    modifiedDatetime,
    bitRate: 0,
    duration: file.durationS,
    frameWidth: width,
    frameHeight: height,
    frameRate: 12,
    label: file.label,
    mimetype: 'video/mp4',
    subtitled: file.isSubtitled,
    subtitles: { url: words.url, checksum: words.md5, modifiedDatetime },
  }
}

// As the mediator spells it: `pub-<symbol>[_<issue>]_<track>_VIDEO`, or `docid-<document>_<track>_VIDEO`.
function filesOfKey(
  key: string,
  { language, today }: Pick<Telling, 'language' | 'today'>,
): Published[] {
  const [, symbol = '', issue = '0', track] =
    /^pub-([a-z]+)(?:_(\d{6}))?_(\d+)_VIDEO$/.exec(key) ?? []
  const [, document] = /^docid-(\d+)_1_VIDEO$/.exec(key) ?? []
  if (!isSampleLanguage(language)) return []
  const files = document
    ? filesOfDocument(Number(document), language)
    : filesOfSymbol({ symbol, issue: Number(issue), language }, today)
  return files.filter(
    ({ format, film }) => format === 'MP4' && (document ?? film?.track === Number(track)),
  )
}

function filesOfSymbol(
  wanted: { symbol: string; issue: number; language: SampleLanguage },
  today: Day,
): Published[] {
  return wanted.symbol === '' ? [] : filesOf(wanted, today)
}
