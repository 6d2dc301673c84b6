import * as v from 'valibot'
import { parseXML } from 'webdav'
import { Failed } from '../../domain/failure.ts'
import { isUnsafePath, parentOf, type Entry } from '../../domain/layout.ts'
import { checkWhole, withoutFailedPropstats } from './envelope.ts'
import { isSuccess, refused } from './failures.ts'
import { Property, Text } from './property.ts'

/** What was asked about: `root` is the sync folder's path on the server, `path` leads on from there. */
export type Subject = { readonly root: string; readonly path: string }

/** What stands at the path that was asked about, and what lies in it. */
export type Listed = { readonly self: Entry; readonly children: readonly Entry[] }

/**
 * Reads the answer to a PROPFIND of depth 0 or 1. Strict about what would let a file seem gone: the thing asked about is
 * in it, all else lies under it, nothing is cut off. Left out are names that cannot be asked for safely, and what was
 * removed meanwhile. A size that the server does not tell is 0. Rejects with Failed, mostly 'not-webdav' or 'bad-answer'.
 */
export async function readMultistatus(text: string, subject: Subject): Promise<Listed> {
  const { self, children } = await readDeepMultistatus(text, subject)
  return { self, children: children.filter((child) => parentOf(child.path) === subject.path) }
}

/** As `readMultistatus`, for all that lies below at any depth; with a name is left out what lies below it. */
export async function readDeepMultistatus(text: string, subject: Subject): Promise<Listed> {
  const { path } = subject
  const children = new Map<string, Entry>()
  const gone: string[] = []
  let self: Entry | undefined
  for (const answer of await parseAnswers(text, path)) {
    const names = partsBelow(answer.href, subject)
    const child = [...(path === '' ? [] : [path]), ...names].join('/')
    if (names.length === 0) self = entryOf(path, demandSuccess(answer, path))
    else if (isGone(answer)) gone.push(`${child}/`)
    else if (names.every(isAskable))
      children.set(child, entryOf(child, demandSuccess(answer, path)))
  }
  const isThere = (entry: Entry) => !gone.some((folder) => entry.path.startsWith(folder))
  return { self: self ?? badAnswer(path), children: [...children.values()].filter(isThere) }
}

const Properties = v.object({
  resourcetype: v.optional(v.unknown()),
  getcontentlength: Property,
  getetag: Property,
  getlastmodified: Property,
})
const Status = v.pipe(
  Text,
  v.regex(/^HTTP\/[\d.]+\s+\d{3}/),
  v.transform((line) => Number(/\s(\d{3})/.exec(line)?.[1])),
)
const Answer = v.object({
  href: Text,
  status: v.optional(Status, 'HTTP/1.1 200'),
  propstat: v.optional(v.object({ prop: v.optional(v.unknown()) })),
})
const Answers = v.object({ multistatus: v.object({ response: v.array(Answer) }) })
type Answer = v.InferOutput<typeof Answer>

// `() => undefined` keeps text as text: an ETag of digits is no number. Without `entityDecoder` the parser leaves
// `&#34;` as it is.
const parsing = {
  attributeNamePrefix: '@',
  attributeParsers: [],
  entityDecoder: {},
  tagParsers: [() => undefined],
}

async function parseAnswers(text: string, path: string): Promise<readonly Answer[]> {
  checkWhole(text, path)
  const xml = withoutFailedPropstats(text, path)
  const parsed: unknown = await parseXML(xml, parsing).catch((cause: unknown) =>
    badAnswer(path, cause),
  )
  const answers = v.safeParse(Answers, parsed)
  return answers.success ? answers.output.multistatus.response : badAnswer(path)
}

function badAnswer(path: string, cause?: unknown): never {
  throw new Failed({ kind: 'bad-answer', path }, { cause })
}

function isGone({ status }: Answer): boolean {
  return status === 404 || status === 410
}

// Of what the server cannot tell now nothing is known, so the listing tells nothing for sure.
function demandSuccess(answer: Answer, path: string): Answer {
  if (isSuccess(answer.status)) return answer
  throw refused({ method: 'PROPFIND', path }, answer)
}

/**
 * The names that lead from the thing asked about to what an href means. Behind a proxy scheme and host of an href are
 * often wrong, so only its path counts.
 */
function partsBelow(href: string, { root, path }: Subject): readonly string[] {
  const address = href.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, '').replace(/[?#][^]*$/, '')
  const parts = address.replace(/\/$/, '').split('/').map(decode)
  const above = (root + path).replace(/\/$/, '').split('/')
  const isUnder = above.every((part, index) => parts[index]?.normalize() === part.normalize())
  return isUnder && address.startsWith('/') ? parts.slice(above.length) : badAnswer(path)
}

// What is not UTF-8 has no name here: '' is refused with the other unsafe names.
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

function isAskable(name: string): boolean {
  return !name.includes('/') && !isUnsafePath(name) && !/\p{Cc}/u.test(name)
}

function entryOf(path: string, { href, propstat }: Answer): Entry {
  const read = v.safeParse(Properties, propstat?.prop)
  const { resourcetype, getcontentlength, getetag, getlastmodified } = read.success
    ? read.output
    : unknown
  const modified = readDate(getlastmodified)
  const time = modified !== undefined && { modified }
  const isFolder =
    resourcetype === undefined ? /\/(?:[?#]|$)/.test(href) : isCollection(resourcetype)
  if (isFolder) return { path, kind: 'folder', size: 0, ...time }
  const etag = readEtag(getetag)
  const size = /^\d+$/.test(getcontentlength) ? Number(getcontentlength) : 0
  return { path, kind: 'file', size, ...(etag && { etag }), ...time }
}

const unknown = { resourcetype: undefined, getcontentlength: '', getetag: '', getlastmodified: '' }

function isCollection(resourcetype: unknown): boolean {
  return typeof resourcetype === 'object' && resourcetype !== null && 'collection' in resourcetype
}

// Nephele leaves the quotes out. A weak ETag does not say that the bytes are the same.
function readEtag(text: string): string | undefined {
  return /^w\//i.test(text) ? undefined : text.replace(/^"(.*)"$/s, '$1')
}

// Times on the web are in GMT, also where a server forgets to say so.
function readDate(text: string): number | undefined {
  const ms = Date.parse(/(?:GMT|UTC?|Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(ms) ? undefined : ms
}
