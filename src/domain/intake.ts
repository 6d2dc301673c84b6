// Whether a file that somebody brings may be added, and under which name: its bytes decide, not its extension.
import { markupOf } from './drawing.ts'
import {
  extensionsOfType,
  isKnownExtension,
  strangeKindOf,
  strangeSignatures,
  type StrangeKind,
} from './file-kinds.ts'
import { extensionOf, kindOf, type MediaKind } from './media.ts'
import { asciiAt, bears, mediaTypeOf, unknownType } from './media-type.ts'
import { joinName, splitName } from './naming.ts'
import type { PlayingDoubt } from './playing.ts'

/** What is known of a file without reading all of it. */
export type Glimpse = {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** The first bytes: 512 or more, or all there are. */
  readonly head: Uint8Array
  /** The beginning of a file that is text; `isCut` where there is more of it. */
  readonly text?: { readonly beginning: string; readonly isCut: boolean } | undefined
  /** What lies in a ZIP file; undefined where its list cannot be read. */
  readonly entries?: readonly string[] | undefined
}

/** Why a file cannot be added. */
export type Refusal =
  | 'empty'
  | 'program'
  | 'web-page'
  | 'drawing-with-program'
  | 'drawing-too-long'
  | 'archive'
  | 'shortcut'
  | 'unfinished'
  | 'no-playlist'
  | 'no-publication'
  /** The device does not give its bytes. */
  | 'unreadable'

/** Why a person is asked before a file is added. */
export type Doubt =
  | PlayingDoubt
  | { readonly of: 'large'; readonly bytes: number }
  /** A picture of so many pixels that not every device can show it. */
  | { readonly of: 'huge'; readonly width: number; readonly height: number }
  /** It is not what its extension says, nor anything else we know. */
  | { readonly of: 'spoilt'; readonly extension: string }
  | { readonly of: 'document' | 'picture' | 'film' | 'sound' | 'other' }

/** What can be added: a medium; or a file with many media in it, of which a person takes some. */
type IntakeKind = Exclude<MediaKind, 'other'> | 'playlist' | 'publication'

export type Verdict =
  /** `name` has the extension that the bytes ask for. */
  | { readonly is: 'fine'; readonly name: string; readonly kind: IntakeKind }
  | { readonly is: 'doubtful'; readonly name: string; readonly doubt: Doubt }
  | { readonly is: 'refused'; readonly name: string; readonly reason: Refusal }

/** From so many bytes on a person is asked: 2 GiB, which some servers and drives cannot hold in one file. */
export const largeBytes = 2 * 1024 ** 3

/** Judges a file. Whatever the bytes are, it answers; a name that is fine is fine as it is when judged again. */
export function judge(glimpse: Glimpse): Verdict {
  const name = plainName(glimpse.name)
  const verdict = judgeContent({ ...glimpse, name })
  if (verdict.is !== 'fine' || glimpse.size <= largeBytes) return verdict
  // Of these a person takes some; whoever opens them says what is too much.
  if (verdict.kind === 'playlist' || verdict.kind === 'publication') return verdict
  return { is: 'doubtful', name: verdict.name, doubt: { of: 'large', bytes: glimpse.size } }
}

// What nobody sees may part an extension, and is not kept anyway.
function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replace(/[\s.]+$/u, '')
}

function judgeContent(glimpse: Glimpse): Verdict {
  const { name, size, head, entries, text } = glimpse
  if (size === 0) return refused(name, 'empty')
  if (isZip(head)) return judgeZip(name, entries)
  const type = fullTypeOf(glimpse)
  if (type !== unknownType) return fineAs(name, type)
  if (isProgram(head)) return refused(name, 'program')
  const strange = strangeSignatures.find((signature) => bears(head, signature))
  if (strange) return strangely(name, kindOfStrange(strange.type, name))
  return text ? judgeText(name, text) : judgeName(name)
}

/** True for a ZIP file, one without anything in it included (APPNOTE.TXT §4.3.7, §4.3.16). */
export function isZip(head: Uint8Array): boolean {
  const start = asciiAt(head, 0, 4)
  return start === 'PK\u0003\u0004' || start === 'PK\u0005\u0006'
}

// «MZ» begins words, too: a program has noughts in its first lines.
function isProgram(head: Uint8Array): boolean {
  return asciiAt(head, 0, 2) === 'MZ' && head.slice(0, 64).includes(0)
}

function fullTypeOf({ head, text }: Glimpse): string {
  const type = mediaTypeOf(head)
  if (type === 'audio/ogg' && asciiAt(head, 0, 128).includes('theora')) return 'video/ogg'
  return type === unknownType && /^\uFEFF?WEBVTT/.test(text?.beginning ?? '') ? 'text/vtt' : type
}

function fineAs(name: string, type: string): Verdict {
  const [best = '', ...others] = extensionsOfType[type] ?? []
  const fitting = withExtension(name, [best, ...others])
  const kind = kindOf(fitting)
  // Every extension of the table is one that rows know.
  return kind === 'other' ? doubtful(name, { of: 'other' }) : { is: 'fine', name: fitting, kind }
}

function withExtension(name: string, fitting: readonly string[]): string {
  const [best = ''] = fitting
  const { stem, extension } = splitName(name)
  const lower = extension.toLowerCase()
  if (fitting.includes(lower)) return name
  const bare = isKnownExtension(lower) ? stem.trimEnd() : name
  // «photo.jpg.exe» was a photo all along.
  if (bare !== name && fitting.includes(extensionOf(bare))) return bare
  return joinName({ stem: bare, extension: best })
}

function judgeZip(name: string, entries: readonly string[] | undefined): Verdict {
  const extension = extensionOf(name)
  const has = (entry: string) => entries?.includes(entry) === true
  if (has('manifest.json') && entries?.some((entry) => /^[^/]+\.db$/.test(entry)))
    return { is: 'fine', name: withExtension(name, ['jwlplaylist', 'jwlibrary']), kind: 'playlist' }
  if (has('manifest.json') && has('contents'))
    return { is: 'fine', name: withExtension(name, ['jwpub']), kind: 'publication' }
  if (extension === 'jwlplaylist') return refused(name, 'no-playlist')
  if (extension === 'jwpub') return refused(name, 'no-publication')
  if (entries?.some((entry) => programEntries.test(entry))) return refused(name, 'program')
  if (entries?.some((entry) => documentEntries.test(entry)))
    return doubtful(name, { of: 'document' })
  const strange = strangeKindOf(extension)
  return strangely(name, strange === 'program' || strange === 'document' ? strange : 'archive')
}

const programEntries = /^(?:AndroidManifest\.xml|classes\.dex|Payload\/.*\.app\/.*|.*\.class)$/
const documentEntries =
  /^(?:\[Content_Types\]\.xml|content\.xml|META-INF\/container\.xml|Index\/Document\.iwa|Index\.zip)$/

// Windows packs its installers as it packed its documents.
function kindOfStrange(kind: StrangeKind, name: string): StrangeKind {
  const other = strangeKindOf(extensionOf(name))
  const isNearer = kind === 'picture' || kind === 'film' || kind === 'document'
  return isNearer && other !== undefined ? other : kind
}

function judgeText(name: string, { beginning, isCut }: NonNullable<Glimpse['text']>): Verdict {
  const markup = markupOf(beginning, { isCut })
  if (markup === 'drawing') return fineAs(name, 'image/svg+xml')
  // macOS writes its shortcuts as XML.
  if (markup && strangeKindOf(extensionOf(name)) === 'shortcut') return refused(name, 'shortcut')
  return markup ? refused(name, markup) : judgeName(name, 'document')
}

function judgeName(name: string, otherwise: 'document' | 'other' = 'other'): Verdict {
  const extension = extensionOf(name)
  if (extension === 'jwlplaylist') return refused(name, 'no-playlist')
  if (extension === 'jwpub') return refused(name, 'no-publication')
  if (kindOf(name) !== 'other') return doubtful(name, { of: 'spoilt', extension })
  const strange = strangeKindOf(extension)
  return strange ? strangely(name, strange) : doubtful(name, { of: otherwise })
}

function strangely(name: string, kind: StrangeKind): Verdict {
  return isRefusal(kind) ? refused(name, kind) : doubtful(name, { of: kind })
}

function isRefusal(kind: StrangeKind): kind is Extract<StrangeKind, Refusal> {
  return !['document', 'picture', 'film', 'sound'].includes(kind)
}

function refused(name: string, reason: Refusal): Verdict {
  return { is: 'refused', name, reason }
}

function doubtful(name: string, doubt: Doubt): Verdict {
  return { is: 'doubtful', name, doubt }
}
