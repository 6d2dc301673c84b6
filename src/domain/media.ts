import type { Day, Place, Week } from './day.ts'
import type { Failure } from './failure.ts'
import { joinName, splitName } from './naming.ts'
import type { Rule } from './recurrence.ts'

/** Who brings an item: JW.org, the VO for one day, or the VO for every meeting. */
export type Origin = 'jworg' | 'additional' | 'recurring'

/** Names bytes by what they are: own files by SHA-256 over slices, JW.org files by the service's MD5. */
export type ContentKey = `sha256-${string}` | `md5-${string}`

/**
 * What tells one version of a file from the next without reading it.
 * `etag` is a strong one, bare; `modified` is milliseconds since 1970; `md5` is lower-case hex from JW.org.
 */
export type Version = {
  readonly size: number
  readonly etag?: string
  readonly modified?: number
  readonly md5?: string
}

/** Where the bytes of an item come from. */
export type Source =
  | {
      readonly at: 'remote'
      readonly path: string
      readonly version: Version
      /** It may still change without showing: see isUnsettled. */
      readonly isUnsettled?: true
    }
  | { readonly at: 'jworg'; readonly url: string; readonly version: Version }
  /** Added on this device and not yet in the sync folder. */
  | { readonly at: 'device'; readonly key: ContentKey }

/**
 * One thing JW.org publishes for a meeting. `id` survives a change of title, language or resolution and is the only one
 * of its kind on its day; `md5` is lower-case hex, never empty.
 */
export type CatalogueItem = {
  readonly id: string
  readonly day: Day
  readonly name: string
  readonly url: string
  readonly size: number
  readonly md5: string
  readonly companions?: readonly Companion[]
}

/** What goes with a film under its name: subtitles, or the markers of a sign-language film; `md5` is lower-case hex. */
export type Companion = Pick<CatalogueItem, 'url' | 'size' | 'md5'> & {
  readonly extension: 'vtt' | 'json'
}

/** A file of JW.org's as its media service tells of it; `md5` is lower-case hex, never empty. */
export type CatalogueFile = Pick<CatalogueItem, 'name' | 'url' | 'size' | 'md5'>

/** Why a meeting of a week shows nothing of JW.org's, or that it does. */
export type ProgrammeState =
  | 'found'
  /** JW.org has the publication, and nothing in it is for this week: the week of the Memorial. */
  | 'none-this-week'
  /** JW.org has not published it, in none of the languages. */
  | 'not-published'
  /** It is published, and could not be had or read. */
  | 'not-here'

export type CatalogueMeeting = {
  readonly kind: 'midweek' | 'weekend'
  readonly day: Day
  readonly state: ProgrammeState
}

/**
 * Something that a meeting shows and that could not be had; `url` is where a person may find it. `failure` is why what
 * goes with a film did not come, where another time may have more luck.
 */
export type MissingItem = {
  readonly day: Day
  readonly name: string
  readonly url?: string
  readonly failure?: Failure
}

export type CatalogueWeek = {
  readonly week: Week
  readonly items: readonly CatalogueItem[]
  /** The publications that the items were read from: kept as long as the week is. */
  readonly publications?: readonly CatalogueFile[]
  readonly meetings?: readonly CatalogueMeeting[]
  readonly missing?: readonly MissingItem[]
  /** The settings that it was made under, as a text. */
  readonly under?: string
  /** What JW.org's media service could not be asked: a file that a person saved may answer it. */
  readonly unanswered?: readonly string[]
  /** A text that is the same as long as settings and publications are: then nothing need be read again. */
  readonly madeFrom?: string
  /** Others may be told of it: nothing of it is lacking or still to be published, and JW.org itself told it all. */
  readonly isForAll?: true
  /** What this device itself found, where a list that somebody published decides otherwise. */
  readonly own?: Pick<CatalogueWeek, 'items' | 'meetings' | 'missing'>
}

/** One item of a curated day. `name` is canonical (wire, markers); `fileName` is what the hall sees. */
export type CuratedItem = {
  readonly id: string
  readonly name: string
  readonly fileName: string
  readonly origin: Origin
  readonly source: Source
  readonly size: number
  readonly key?: ContentKey
  /** The markers that hide it; shown when there are none. */
  readonly hiddenBy: readonly string[]
  readonly companions?: readonly Companion[]
  /** The running number that the VO gave it instead of the one in its name, by which it stands in its place. */
  readonly prefix?: string
  /** Where it is recurring: when it is shown, if not at every meeting. */
  readonly rule?: Rule
}

/** One of the files that an item brings. */
export type ItemFile = Pick<
  CuratedItem,
  'name' | 'fileName' | 'origin' | 'source' | 'size' | 'key' | 'prefix'
>

/** The files that an item brings: itself, and what goes with it under its name. */
export function filesOf(item: CuratedItem): ItemFile[] {
  const { name, fileName, origin, prefix, companions = [] } = item
  const beside = companions.map(({ extension, url, size, md5 }): ItemFile => {
    const under = (text: string) => joinName({ stem: splitName(text).stem, extension })
    const source = sourceOf({ url, size, md5 })
    const key: ContentKey = `md5-${md5}`
    const ordered = prefix === undefined ? {} : { prefix }
    return { name: under(name), fileName: under(fileName), origin, source, size, key, ...ordered }
  })
  return [item, ...beside]
}

export type CuratedDay = {
  readonly day: Place
  readonly items: readonly CuratedItem[]
  /** Names that are announced but have no bytes yet. */
  readonly awaited: readonly string[]
}

export type MediaKind = 'picture' | 'video' | 'audio' | 'document' | 'other'

const kinds: Readonly<Record<Exclude<MediaKind, 'other'>, readonly string[]>> = {
  picture: ['jpg', 'jpeg', 'jfif', 'png', 'gif', 'bmp', 'webp', 'avif', 'heic', 'svg'],
  video: ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'mpeg', 'mpg', 'ogv'],
  audio: ['mp3', 'm4a', 'wav', 'ogg', 'flac'],
  document: ['pdf', 'vtt', 'jwpub', 'jwlplaylist'],
}

/** The extension in lower case without its dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

export function kindOf(name: string): MediaKind {
  const extension = extensionOf(name)
  const known = Object.entries(kinds).find(([, extensions]) => extensions.includes(extension))
  return (known?.[0] as MediaKind | undefined) ?? 'other'
}

/** A source's name in the manifest: the same bytes at the same place keep it from update to update. */
export function refOf(source: Exclude<Source, { at: 'device' }>): string {
  return source.at === 'remote'
    ? `remote:${source.path}`
    : `jworg:${source.version.md5 ?? source.url}`
}

/** Where the bytes of a file of JW.org's come from. */
export function sourceOf({
  url,
  size,
  md5,
}: Omit<CatalogueFile, 'name'>): Extract<Source, { at: 'jworg' }> {
  return { at: 'jworg', url, version: { size, md5 } }
}

/**
 * True when two sightings show the same bytes: by MD5 or strong ETag where both have one, else by size and time.
 * Apache calls an ETag weak for two seconds after a change, so one side may lack it for the very same file.
 */
export function isSameVersion(a: Version, b: Version): boolean {
  if (a.size !== b.size) return false
  if (a.md5 !== undefined && b.md5 !== undefined) return a.md5 === b.md5
  if (a.etag !== undefined && b.etag !== undefined) return a.etag === b.etag
  if (a.modified !== undefined) return a.modified === b.modified
  // A server that tells nothing but the size is taken at its word: the other way every update would fetch everything.
  return isBare(a) && isBare(b)
}

function isBare({ etag, modified, md5 }: Version): boolean {
  return etag === undefined && modified === undefined && md5 === undefined
}

/**
 * For so long, in milliseconds, a file may change again without showing: servers without ETags tell times in whole
 * seconds (nginx), and Apache's ETag is weak for about two after a change.
 */
const unsettledMs = 2_000

/** The server's clock shows at least this, milliseconds since 1970: nothing it lists can be of later. */
export function latestOf(versions: readonly Pick<Version, 'modified'>[]): number {
  return versions.reduce((latest, { modified = 0 }) => Math.max(latest, modified), 0)
}

/**
 * True when a file may still change without its version telling: it has no strong ETag, and the server's own clock,
 * of which `latest` is a lower bound, need not be past the moment. This device's clock has no say: it may be hours off.
 */
export function isUnsettled({ etag, modified }: Version, latest: number): boolean {
  return etag === undefined && modified !== undefined && latest - modified < unsettledMs
}

/**
 * What this device's clock says of something seen at `unsettledAt`, both milliseconds since 1970: whether it has had its
 * time to settle. 'unknown' where the clock was set back since: then it counts as seen anew.
 */
export function hasSettled(unsettledAt: number, now: number): boolean | 'unknown' {
  return now < unsettledAt ? 'unknown' : now - unsettledAt >= unsettledMs
}

export function isShown(item: CuratedItem): boolean {
  return item.hiddenBy.length === 0
}
