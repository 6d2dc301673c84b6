/** Two names that no file system we export to can hold side by side have the same fold. */
export function foldName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

/** Orders names the same on every device, whatever its language: by folded code units, then by the raw ones. */
export function compareNames(a: string, b: string): number {
  return compareText(foldName(a), foldName(b)) || compareText(a, b)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

// Text direction marks hide a name's true extension; zero-width joiners stay, emoji need them.
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu
const loneSurrogate = /\p{Cs}/gu
// ':' '/' '\' and '|' part words; the rest carry nothing. '#' and '%' break players and servers that decode twice.
const separators = /\s*[:/\\|]\s*/g
const forbidden = /[<>"?*#%]/g
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|desktop|thumbs|conin\$|conout\$)(?=$|[ .])/i
// Chromium refuses to write shortcuts of Windows, whatever is in them.
const shortcuts = new Set(['lnk', 'url', 'scf', 'local'])

const maxBytes = 200
const maxLength = 120

type NameParts = { stem: string; extension: string }

/** Splits a file name at its last dot; an extension is short and has no space. */
export function splitName(name: string): NameParts {
  const match = /^(.+)\.([\p{L}\p{N}_-]{1,12})$/u.exec(name)
  return match ? { stem: match[1] ?? '', extension: match[2] ?? '' } : { stem: name, extension: '' }
}

export function joinName({ stem, extension }: NameParts): string {
  return extension ? `${stem}.${extension}` : stem
}

/**
 * A name that Windows, macOS, Linux, Chromium's file access and media players all accept, at most 120 characters and
 * 200 bytes of UTF-8. Making a safe name safe changes nothing.
 */
export function safeName(raw: string): string {
  const clean = raw
    .normalize('NFC')
    .replace(loneSurrogate, '')
    .replace(invisible, '')
    .replace(separators, ' - ')
    .replace(forbidden, '')
    .replace(/\s+/gu, ' ')
  const { stem, extension } = splitName(trimEnds(clean))
  const lower = foldExtension(extension)
  if (shortcuts.has(lower)) return finish(`${stem} - ${lower}`, '')
  return finish(stem, lower)
}

function foldExtension(extension: string): string {
  return extension.toLowerCase().normalize('NFC')
}

// Leading dots hide a file from some servers, a leading '~' is refused by Chromium, dots and spaces at the end by Windows.
function trimEnds(text: string): string {
  return text.replace(/^[\s.~]+|[\s.]+$/gu, '')
}

function finish(stem: string, extension: string): string {
  let name = trimEnds(stem)
  if (reserved.test(name)) name = `_${name}`
  const room = extension ? extension.length + 1 : 0
  name = trimEnds(cut(name, maxLength - room, maxBytes - utf8Length(extension) - 1))
  return joinName({ stem: name || 'media', extension })
}

function cut(text: string, length: number, bytes: number): string {
  let result = ''
  let used = 0
  for (const character of text) {
    used += utf8Length(character)
    if (used > bytes || result.length + character.length > length) break
    result += character
  }
  return result
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The name with a number before its extension: `photo (2).jpg`. */
export function numberedName(name: string, count: number): string {
  const { stem, extension } = splitName(name)
  return safeName(joinName({ stem: `${cut(stem, 100, 160).trimEnd()} (${String(count)})`, extension }))
}

/** The first of `name`, `name (2)`, `name (3)` … that no taken name folds to. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let candidate = name
  for (let count = 2; taken.has(foldName(candidate)); count += 1) candidate = numberedName(name, count)
  return candidate
}

/**
 * Safe file names for names in order, no two of which collide on any file system. Earlier names keep theirs;
 * a name that needs no number never loses it to one that does.
 */
export function uniqueFileNames(names: readonly string[]): string[] {
  const safe = names.map(safeName)
  const taken = new Set<string>()
  const isFirst = safe.map((name) => {
    const fold = foldName(name)
    const first = !taken.has(fold)
    taken.add(fold)
    return first
  })
  return safe.map((name, index) => {
    if (isFirst[index]) return name
    const free = freeName(name, taken)
    taken.add(foldName(free))
    return free
  })
}

const prefix = /^\d\d(?:-\d\d){1,2} - /
// M³ writes «Song 44», «Lied 44», «Песня 44», and «Paragraph 7» likewise, in the language of whoever hid it.
const numberedWord = /^\p{L}[\p{L}\p{M}]* (?=\d+ - )/u
const footnoteWord = /^(?:footnote|fußnote|сноска|note|nota|voetnoot|fotnot|fodnote|przypis|lábjegyzet|alaviite|виноска) - /iu

/**
 * What is left of a name when everything is dropped that M³'s versions and languages disagree on: the running number,
 * the word before a song's or paragraph's number, apostrophes and punctuation. Only for comparing.
 */
export function looseName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replace(prefix, '')
    .replace(footnoteWord, '')
    .replace(numberedWord, '')
  const { stem, extension } = splitName(bare)
  const words = stem.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return `${words.join(' ')}.${extension.toLowerCase()}`
}
