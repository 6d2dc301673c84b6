// What files are by their extensions, where their bytes leave it open; and which extensions fit which bytes.
import type { Signature } from './media-type.ts'

/** What becomes of a type that everybody can show: the extensions that fit it, the best one first. */
export const extensionsOfType: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/bmp': ['bmp'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic'],
  'image/svg+xml': ['svg'],
  'video/mp4': ['mp4', 'm4v', 'mov', 'm4a'],
  'video/webm': ['webm', 'mkv'],
  'video/mpeg': ['mpg', 'mpeg'],
  'video/ogg': ['ogv', 'ogg'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/ogg': ['ogg', 'ogv'],
  'audio/wav': ['wav'],
  'audio/flac': ['flac'],
  'audio/mpeg': ['mp3'],
  'application/pdf': ['pdf'],
  'text/vtt': ['vtt'],
}

/** Kinds of files that nobody should add, or that no player shows. */
export type StrangeKind =
  | 'program'
  | 'web-page'
  | 'shortcut'
  | 'archive'
  | 'unfinished'
  | 'document'
  | 'picture'
  | 'film'
  | 'sound'

const strange: Readonly<Record<StrangeKind, string>> = {
  program:
    'exe com scr pif cpl dll sys drv ocx msi msp msix msixbundle appx bat cmd ps1 psm1 vb vbs vbe js jse mjs cjs ' +
    'wsf wsh hta reg inf jar class apk aab xapk ipa dmg pkg mpkg app appimage deb rpm flatpak snap run bin sh bash ' +
    'zsh ksh csh command tool py pyc rb pl php lua wasm crx xpi swf gadget action workflow scpt applescript',
  'web-page': 'html htm xhtml xht shtml mht mhtml webarchive xml xsl xslt',
  shortcut: 'lnk url webloc inetloc desktop website scf library-ms search-ms',
  archive: 'zip rar 7z tar gz tgz bz2 tbz xz txz zst cab iso img z lzh arj svgz',
  unfinished: 'crdownload part partial download opdownload icloud tmp',
  document:
    'doc docx docm dot dotx odt ott rtf pages txt md csv tsv xls xlsx xlsm ods numbers ppt pptx pptm pps ppsx odp ' +
    'key epub mobi azw3 xps oxps one eps ps tex log json vsdx pub',
  picture:
    'tif tiff psd xcf raw dng cr2 cr3 nef arw orf rw2 ico icns jxl jp2 emf wmf cdr sketch fig',
  film: 'avi wmv asf flv f4v vob rm rmvb 3g2 divx mts m2ts mxf',
  sound: 'wma aiff aif aac amr mid midi ra caf ape ac3 dts au mka',
}

const byExtension: ReadonlyMap<string, StrangeKind> = new Map(
  Object.entries(strange).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind as StrangeKind] as const),
  ),
)

/** What a file of that extension (lower case) is, where it is nothing that everybody can show. */
export function strangeKindOf(extension: string): StrangeKind | undefined {
  return byExtension.get(extension)
}

// Extensions that are spoken of as such and fit no type above: they go when the content tells a better one.
const others =
  'svg jwpub jwlplaylist mp2 mpga mpe 3gp oga opus spx m4b qt jpe heif hif dib ai weba srt'
const shown = Object.values(extensionsOfType).flat()
const known: ReadonlySet<string> = new Set([...byExtension.keys(), ...shown, ...others.split(' ')])

/** True for what people know as an extension; in «Talk 3.5» there is none. */
export function isKnownExtension(extension: string): boolean {
  return known.has(extension)
}

const text = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0))

/** What tells a kind that is not for players by its first bytes, whatever the name says. */
export const strangeSignatures: readonly Signature<StrangeKind>[] = [
  { type: 'program', at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { type: 'program', at: 0, bytes: [0xfe, 0xed, 0xfa, 0xce] },
  { type: 'program', at: 0, bytes: [0xfe, 0xed, 0xfa, 0xcf] },
  { type: 'program', at: 0, bytes: [0xce, 0xfa, 0xed, 0xfe] },
  { type: 'program', at: 0, bytes: [0xcf, 0xfa, 0xed, 0xfe] },
  { type: 'program', at: 0, bytes: [0xca, 0xfe, 0xba, 0xbe] },
  { type: 'program', at: 0, bytes: [0x00, 0x61, 0x73, 0x6d] },
  { type: 'program', at: 0, bytes: text('Cr24') },
  { type: 'program', at: 0, bytes: text('xar!') },
  { type: 'program', at: 0, bytes: text('!<arch>\n') },
  { type: 'program', at: 0, bytes: [0xed, 0xab, 0xee, 0xdb] },
  { type: 'shortcut', at: 0, bytes: [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00] },
  { type: 'archive', at: 0, bytes: text('Rar!') },
  { type: 'archive', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { type: 'archive', at: 0, bytes: [0x1f, 0x8b, 0x08] },
  { type: 'archive', at: 0, bytes: text('BZh') },
  { type: 'archive', at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { type: 'archive', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { type: 'archive', at: 0, bytes: text('MSCF') },
  { type: 'archive', at: 257, bytes: text('ustar') },
  { type: 'document', at: 0, bytes: text('{\\rtf') },
  { type: 'document', at: 0, bytes: text('%!PS') },
  { type: 'picture', at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { type: 'picture', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { type: 'picture', at: 0, bytes: text('8BPS') },
  { type: 'film', at: 8, bytes: text('AVI ') },
  { type: 'film', at: 0, bytes: [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11] },
  { type: 'film', at: 0, bytes: [0x46, 0x4c, 0x56, 0x01] },
  { type: 'sound', at: 0, bytes: text('MThd') },
  { type: 'sound', at: 0, bytes: text('#!AMR') },
  { type: 'sound', at: 8, bytes: text('AIFF') },
  { type: 'program', at: 0, bytes: text('#!') },
]
