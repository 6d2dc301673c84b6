/** Two names that no file system we export to can hold side by side have the same fold. */
export function foldName(name: string): string {
  // HFS+ passes over what nobody sees (joiners, variation selectors) when it compares names.
  const visible = name.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return visible.toUpperCase().toLowerCase().normalize('NFC')
}

/** True for one name, whether its letters are composed or not: macOS and some servers hand it back decomposed. */
export function isSameName(a: string, b: string): boolean {
  return a === b || a.normalize('NFC') === b.normalize('NFC')
}

/** Orders names the same on every device, whatever its language: by folded code units, then by the raw ones. */
export function compareNames(a: string, b: string): number {
  return compareText(foldName(a), foldName(b)) || compareText(a, b)
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

// Overrides and isolates of the writing direction turn round what stands beside them, and half a character has no
// spelling in an address.
const unruly = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

/** True for text that stays on its line and leaves what stands beside it alone. */
export function isOneLine(text: string): boolean {
  return !unruly.test(text)
}

// Text direction marks hide a name's true extension, and Chromium writes no name with a format character at all, not
// even with the joiners of emoji and Persian: an emoji family becomes its members. XML cannot carry noncharacters.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu
// ':' '/' '\' and '|' part words; the rest carry nothing. '#' and '%' break players and servers that decode twice.
const separators = /\s*[:/\\|]\s*/g
const forbidden = /[<>"?*#%]/g
// Windows takes these for devices whatever follows their first dot; Chromium refuses the last two as well.
const reserved =
  /^(?:(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:\.|$)|desktop\.ini$|thumbs\.db$)/i
// Chromium refuses to write shortcuts of Windows, whatever is in them; `.{…}` likewise.
const shortcuts = new Set(['lnk', 'url', 'scf', 'local'])

const maxBytes = 200
const maxLength = 120

type NameParts = { stem: string; extension: string }

/** Splits a file name at its last dot; an extension is up to 12 ASCII letters, digits, '_' and '-'. */
export function splitName(name: string): NameParts {
  const match = /^(.*)\.([A-Za-z0-9_-]{1,12})$/s.exec(name)
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
    .replace(/\s+/gu, ' ')
    .replace(invisible, '')
    .replace(separators, ' - ')
    .replace(forbidden, '')
    .replace(/\.\{/g, ' {')
    .replace(/ +/g, ' ')
    .normalize('NFC')
  const { stem, extension } = splitName(clean.replace(badEnd, ''))
  const lower = extension.toLowerCase()
  if (shortcuts.has(lower)) return finish(`${trimEnds(stem)} - ${lower}`, '')
  return finish(stem, lower)
}

// Leading dots hide a file from some servers, Windows drops dots and spaces at the end, Chromium refuses '~' at both.
const badStart = /^[\s.~]+/u
const badEnd = /[\s.~]+$/u

function trimEnds(text: string): string {
  return text.replace(badStart, '').replace(badEnd, '')
}

function finish(stem: string, extension: string): string {
  const name = trimEnds(stem) || 'media'
  const isReserved = reserved.test(joinName({ stem: name, extension }))
  const ending = extension ? extension.length + 1 : 0
  const room = { length: maxLength - ending, bytes: maxBytes - ending }
  const short = cut(isReserved ? `_${name}` : name, room)
  return joinName({ stem: extension ? trimEnds(short) : withoutExtension(short), extension })
}

// Where a long name is cut behind a dot, what is left must not look like an extension.
function withoutExtension(stem: string): string {
  return trimEnds(stem).replace(/ ?\.(?=[A-Za-z0-9_-]{1,12}$)/, ' ')
}

type Room = { readonly length: number; readonly bytes: number }

/** As much of a text as there is room for, in code units and in bytes of UTF-8; no character is cut in two. */
export function cut(text: string, { length, bytes }: Room): string {
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

const numberedRoom: Room = { length: 100, bytes: 160 }

/** The name with a number before its extension: `photo (2).jpg`. */
export function numberedName(name: string, count: number): string {
  const { stem, extension } = splitName(name)
  return safeName(
    joinName({
      stem: `${cut(stem, numberedRoom).trimEnd()} (${String(count)})`,
      extension,
    }),
  )
}

/** What a name and those that were numbered after it have in common; folded. */
export function seriesName(name: string): string {
  const { stem, extension } = splitName(unnumberedName(name))
  return foldName(joinName({ stem: cut(stem, numberedRoom).trimEnd(), extension }))
}

/** A name without the numbers that it got because others had taken it. */
export function unnumberedName(name: string): string {
  const { stem, extension } = splitName(name)
  return joinName({ stem: stem.replace(/(?: \(\d+\))+$/, ''), extension })
}

/** The first of `name`, `name (2)`, `name (3)` … that no taken name folds to. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let candidate = name
  for (let count = 2; taken.has(foldName(candidate)); count += 1)
    candidate = numberedName(name, count)
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

// M³ counts in two or three steps; what is placed between two items counts one step deeper each time. «- » alone
// marks what the VO added.
const prefix = /^(?:\d\d(?:-\d\d){1,5} )?- /
// M³ writes «Song 44», «Lied 44», «Песня 44», and «Paragraph 7» likewise, in the language of whoever hid it.
const numberedWord = /^(\d+ - )?(?:\p{L}[\p{L}\p{M}'’-]* ){1,2}(?=\d+ - )/u
const footnoteWord =
  /^(?:footnote|fußnote|сноска|note|nota|voetnoot|fotnot|fodnote|przypis|lábjegyzet|alaviite|виноска) - /iu

/**
 * What is left of a name when everything is dropped that M³'s versions and languages disagree on: the running number,
 * the word before a song's or paragraph's number, apostrophes and punctuation. Only for comparing.
 */
export function looseName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replace(prefix, '')
    .replace(footnoteWord, '')
    .replace(numberedWord, '$1')
    .replace(numberedWord, '$1')
  const { stem, extension } = splitName(bare)
  return `${looseTitle(foldName(stem))}.${extension.toLowerCase()}`
}

// M³ drops these without a trace.
const dropped = /["»“”‘’'«(){}№+[\]$<>,/\\:*]/g

// Whatever parts words goes, but numbers stay apart: «1 - 12» is not «11 - 2». A title of signs alone is its signs.
function looseTitle(title: string): string {
  const words = title.replace(dropped, '').match(/[\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu)
  return words?.join(' ').replace(/(?<!\p{N}) | (?!\p{N})/gu, '') ?? title
}
