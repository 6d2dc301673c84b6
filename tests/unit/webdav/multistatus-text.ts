/** How a server spells its answers. */
export type Style = {
  /** 'D:' or '' */
  readonly prefix: string
  readonly namespace: string
  readonly href: (path: string) => string
  readonly etag: 'quoted' | 'bare' | 'entities' | 'weak' | 'none'
  readonly missing: 'first' | 'last' | 'left out'
  readonly isIndented: boolean
}

/** A file or folder as a server keeps it; `path` is absolute and decoded, folders end with '/'. */
export type Kept = {
  readonly path: string
  readonly size: number
  readonly etag: string
  readonly modified: number
}

const plainStyle: Style = {
  prefix: 'D:',
  namespace: ' xmlns:D="DAV:"',
  href: encodePath,
  etag: 'quoted',
  missing: 'left out',
  isIndented: false,
}

/** A path with every name encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

/** A multistatus as a server of that style writes it. */
export function render(things: readonly Kept[], style: Style = plainStyle): string {
  const tag = tagsOf(style)
  const lines = things.map((thing) =>
    tag('response', tag('href', escape(style.href(thing.path))) + propstatsOf(thing, style)),
  )
  const glue = style.isIndented ? '\n  ' : ''
  const open = `<${style.prefix}multistatus${style.namespace}>`
  return `<?xml version="1.0" encoding="utf-8"?>\n${open}${glue}${lines.join(glue)}</${style.prefix}multistatus>\n`
}

function propstatsOf(thing: Kept, style: Style): string {
  const tag = tagsOf(style)
  const isFolder = thing.path.endsWith('/')
  const kind = isFolder
    ? tag('resourcetype', `<${style.prefix}collection/>`)
    : tag('resourcetype', '')
  const size = isFolder ? '' : tag('getcontentlength', String(thing.size))
  const date = tag('getlastmodified', new Date(thing.modified).toUTCString())
  const found = propstat(kind + size + date + etagOf(thing, style), '200 OK', style)
  const lacking = propstat(`<${style.prefix}getcontentlanguage/>`, '404 Not Found', style)
  if (style.missing === 'left out') return found
  return style.missing === 'first' ? lacking + found : found + lacking
}

function propstat(properties: string, status: string, style: Style): string {
  const tag = tagsOf(style)
  return tag('propstat', tag('prop', properties) + tag('status', `HTTP/1.1 ${status}`))
}

function etagOf({ etag }: Kept, style: Style): string {
  const texts = {
    quoted: `"${etag}"`,
    bare: etag,
    entities: `&quot;${etag}&#34;`,
    weak: `W/"${etag}"`,
    none: '',
  }
  return style.etag === 'none' ? '' : tagsOf(style)('getetag', texts[style.etag])
}

function tagsOf({ prefix }: Style) {
  return (name: string, content: string) => `<${prefix}${name}>${content}</${prefix}${name}>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
