// What is made of files for players that cannot show them as they are.
import { extensionsOfType } from './file-kinds.ts'
import type { MediaSettings } from './media-settings.ts'
import { extensionOf, kindOf, type ContentKey } from './media.ts'
import { unknownType } from './media-type.ts'
import { cut, joinName, safeName, splitName } from './naming.ts'

/** How one form of a file becomes another. */
export type Recipe =
  /** A document → a picture of each page. */
  | 'pages'
  /** SVG → PNG. */
  | 'drawing'
  /** HEIC → JPEG. */
  | 'heic'
  /** A picture → a film of a few seconds. */
  | 'still'
  /** Sound → a film of one picture. */
  | 'sound'

const extensions = {
  pages: 'png',
  drawing: 'png',
  heic: 'jpg',
  still: 'mp4',
  sound: 'mp4',
} as const satisfies Readonly<Record<Recipe, string>>

type FilmSettings = Pick<MediaSettings, 'becomesMp4' | 'keepsOriginals'>

/** What is to be made of a file of that media type; undefined where it stays as it is. */
export function recipeFor(
  type: string,
  { becomesMp4 }: Pick<FilmSettings, 'becomesMp4'>,
): Recipe | undefined {
  if (type === 'application/pdf') return 'pages'
  if (type === 'image/svg+xml') return 'drawing'
  if (type === 'image/heic') return 'heic'
  if (becomesMp4 && type.startsWith('image/')) return 'still'
  return becomesMp4 && type.startsWith('audio/') ? 'sound' : undefined
}

/** True where what a film was made of is exported beside it; what no player shows never is. */
export function staysBeside(recipe: Recipe, { keepsOriginals }: FilmSettings): boolean {
  return keepsOriginals && extensions[recipe] === 'mp4'
}

/** The media type of a file: `told` is what its first bytes tell, undefined where nobody has looked. */
export function fileTypeOf(name: string, told?: string): string {
  // Sound and films alike begin so.
  if (told === 'audio/ogg' && kindOf(name) === 'video') return 'video/ogg'
  const isOpen = told === unknownType && extensionOf(name) === 'svg'
  return told === undefined || isOpen ? typeOfName(name) : told
}

function typeOfName(name: string): string {
  const extension = extensionOf(name)
  const known = Object.entries(extensionsOfType).find(([, list]) => list.includes(extension))
  return known?.[0] ?? unknownType
}

/** One of the `parts` files that a recipe makes of the bytes of `key`; `part` counts from 1. */
export type Made = {
  readonly recipe: Recipe
  readonly key: ContentKey
  readonly part: number
  readonly parts: number
}

/** The name of a made file in the manifest: the same bytes under the same recipe are made once. */
export function madeRef({ recipe, key, part, parts }: Made): string {
  return `made:${recipe}:${key}:${String(part)}/${String(parts)}`
}

const refPattern = /^made:(pages|drawing|heic|still|sound):((?:sha256|md5)-[^:]+):(\d+)\/(\d+)$/

/** What a row of the manifest says was made; undefined where its file came from outside. */
export function parseMadeRef(ref: string): Made | undefined {
  const [, recipe, key, part, parts] = refPattern.exec(ref) ?? []
  return recipe === undefined
    ? undefined
    : {
        recipe: recipe as Recipe,
        key: key as ContentKey,
        part: Number(part),
        parts: Number(parts),
      }
}

// What a page's number takes, and an extension that is longer than the one before.
const room = { length: 108, bytes: 188 }

/** What a made file is called: `photo.mp4`, and of a document `agenda-01.png`. */
export function madeName(
  fileName: string,
  { recipe, part }: Pick<Made, 'recipe' | 'part'>,
): string {
  const stem = cut(splitName(fileName).stem, room)
  const page = recipe === 'pages' ? `-${String(part).padStart(2, '0')}` : ''
  return safeName(joinName({ stem: `${stem}${page}`, extension: extensions[recipe] }))
}

/** What a file that was made may have been made of, by its path: every name that becomes this one. */
export function originalsOf(path: string): readonly string[] {
  const { stem, extension } = splitName(path)
  if (!Object.values<string>(extensions).includes(extension)) return []
  // A number was added where the name was taken, and another one for a page.
  const stems = new Set([stem, stem.replace(/ \(\d+\)$/, '')])
  const documents = [...stems].map((one) => one.replace(/-\d{2,}$/, ''))
  return [
    ...[...stems].flatMap((one) => sources.map((of) => joinName({ stem: one, extension: of }))),
    ...documents.map((one) => joinName({ stem: one, extension: 'pdf' })),
  ].filter((one) => one !== path)
}

const sources: readonly string[] = Object.entries(extensionsOfType)
  .filter(([type]) => type !== 'application/pdf' && recipeFor(type, { becomesMp4: true }))
  .flatMap(([, list]) => list)

/** The refs of made files that the days still need: `keys` are the bytes that the days bring. */
export function neededMade(
  refs: readonly { readonly ref: string; readonly key: ContentKey }[],
  keys: Iterable<ContentKey>,
  { becomesMp4 }: Pick<FilmSettings, 'becomesMp4'>,
): ReadonlySet<string> {
  const needed = new Set<string>()
  const sources = new Set(keys)
  // One that is made may be made of one that is made: its source comes first, or the next round finds it.
  for (let found = -1; found !== needed.size;) {
    found = needed.size
    for (const { ref, key } of refs) {
      const made = parseMadeRef(ref)
      const isFilm = made && extensions[made.recipe] === 'mp4'
      if (!made || !sources.has(made.key) || (isFilm && !becomesMp4)) continue
      needed.add(ref)
      sources.add(key)
    }
  }
  return needed
}
