import type { Leaf, Node } from './tree.ts'
import type { Traits } from './traits.ts'

/** An entry as the server is to tell it; `path` decoded, relative to the sync folder. */
export type Told = { readonly path: string; readonly node: Node }

type Telling = {
  /** The sync folder's path on the server. */
  readonly root: string
  readonly traits: Traits
  readonly now: number
  /** It breaks off after the last entry. */
  readonly isCut: boolean
}

/** The body of a 207 to a PROPFIND (RFC 4918 §13). */
export function multistatusOf(
  told: readonly Told[],
  { root, traits, now, isCut }: Telling,
): string {
  const responses = told.map(({ path, node }) => {
    const isFolder = node === 'folder'
    const href = hrefOf(root + path + (isFolder && path !== '' ? '/' : ''))
    const props = isFolder
      ? '<d:resourcetype><d:collection/></d:resourcetype>'
      : propsOf(node, traits, now)
    return `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`
  })
  return `<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:">${responses.join('')}${isCut ? '' : '</d:multistatus>'}`
}

/** The body of a 207 that tells of one refusal. */
export function refusalOf(path: string, status: number): string {
  const href = hrefOf(path)
  return `<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>${href}</href><status>HTTP/1.1 ${status} No</status></response></multistatus>`
}

function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/').replaceAll('&', '&amp;')
}

function propsOf(leaf: Leaf, traits: Traits, now: number): string {
  const etag = etagOf(leaf, traits, now)
  const time = new Date(leaf.modified).toUTCString()
  return (
    `<d:resourcetype/><d:getcontentlength>${leaf.bytes.length}</d:getcontentlength>` +
    `<d:getlastmodified>${time}</d:getlastmodified>${etag && `<d:getetag>${etag}</d:getetag>`}`
  )
}

const weakForMs = 2000

function etagOf({ revision, modified }: Leaf, { etags }: Traits, now: number): string {
  if (etags === 'none') return ''
  if (etags === 'numeric') return String(revision)
  const isWeak = etags === 'weak' || (etags === 'fresh-weak' && now - modified < weakForMs)
  return `${isWeak ? 'W/' : ''}"r${revision}"`
}
