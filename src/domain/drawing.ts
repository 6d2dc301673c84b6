// Texts that are more than texts: pages, and drawings that a browser might run as pages. A drawing that is refused can
// be saved as a picture, one that runs something on the hall's PC can do harm: in doubt it is refused.

/** What a text is as markup. */
export type Markup =
  'web-page' | 'drawing' | 'drawing-with-program' | 'drawing-too-long' | 'shortcut'

const pageTags =
  'html|head|body|title|meta|link|base|style|script|iframe|frameset|object|embed|form|table|div|span|p|a|h[1-6]|img|br|center|font'
const pageStart = new RegExp(`^<(?:!doctype\\s+html|(?:${pageTags})(?=[\\s>/]|$))`, 'i')
const drawingStart = /^<(?:!doctype\s+svg|(?:[\w.-]+:)?svg(?=[\s>/]|$))/i
const shortcutStart = /^\[(?:internetshortcut|desktop entry)/i

/**
 * What a text is by its first tag, and whether a drawing is only a drawing; undefined where it is no markup. `isCut`
 * where there is more of it. Takes time in proportion to the text.
 */
export function markupOf(text: string, { isCut = false } = {}): Markup | undefined {
  const start = withoutPreamble(text)
  if (shortcutStart.test(start)) return 'shortcut'
  if (/^mime-version:/i.test(start)) return 'web-page'
  if (drawingStart.test(start)) {
    if (isCut) return 'drawing-too-long'
    return doesMore(text) ? 'drawing-with-program' : 'drawing'
  }
  // Other XML is for programs, and may be a page by its namespace.
  if (pageStart.test(start) || /^\uFEFF?\s*<\?xml/i.test(text)) return 'web-page'
  return undefined
}

// A declaration, comments and blanks may stand before the first tag.
function withoutPreamble(text: string): string {
  const skipped = /\uFEFF|\s+|<\?[^>]{0,1000}\?>|<!--[\s\S]*?-->/y
  let at = 0
  while (skipped.test(text)) at = skipped.lastIndex
  return text.slice(at)
}

const forbiddenTags =
  /<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|handler|listener|audio|video|canvas|html|body|link|meta|base|form|input)\b/i
const handlers = /[\s"'/]on[a-z]+\s*=/i
const instructions = /<!entity|<\?xml-stylesheet|@import|\bbehavior\s*:|-moz-binding/i
// Words may end in «data:»; an address begins behind one of these.
const schemes =
  /(?:java|vb|live)script:|["'(=,]data:(?!image\/(?:png|jpe?g|gif|webp|avif|bmp)[;,])/i
const foreignHref = /(?:\bhref|\bsrc)\s*=\s*(?:"\s*(?!#|data:)[^"]|'\s*(?!#|data:)[^']|[^\s"'#])/i
// So many blanks and no more: whoever writes more means no good, and each must be looked at once only.
const foreignUrl = /url\((?!\s{0,20}["']?\s{0,20}(?:#|data:|["')]))/i
const otherEncoding =
  /^\uFEFF?\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii|iso-8859-1|windows-1252)/i

function doesMore(text: string): boolean {
  if (otherEncoding.test(text) || text.includes('\0')) return true
  // What is spelled as numbers counts as what it means.
  const plain = decoded(text)
  const rules = [forbiddenTags, handlers, instructions, foreignHref]
  if (rules.some((rule) => rule.test(text) || rule.test(plain))) return true
  if (foreignUrl.test(plain)) return true
  // Browsers pass over blanks inside of a scheme.
  return schemes.test(plain.replace(/[\s\p{Cc}\p{Cf}]/gu, ''))
}

const named: Readonly<Record<string, string>> = {
  colon: ':',
  lpar: '(',
  rpar: ')',
  num: '#',
  sol: '/',
  tab: '\t',
  newline: '\n',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
