// An invitation travels in the fragment of a link or by a chat, so it is short, and nothing in it is believed.
import { readAddress, type Address } from './address.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { isOneLine } from './naming.ts'
import { nameText, oneOf } from './setting-values.ts'

/** What the invited device is for. */
export type Role = (typeof roles)[number]

/** The way to a sync folder, as one device hands it to another. */
export type Invitation = Address & {
  readonly user: string
  /** What the congregation is called; empty where it was given no name. */
  readonly name: string
  readonly role: Role
  /** The password, encrypted with words that are told separately: base64url. */
  readonly sealed?: string
}

export type InvitationProblem =
  /** The text holds no invitation. */
  | 'none'
  /** There is one, but part of it is missing or changed. */
  | 'damaged'
  /** The password would travel unprotected. */
  | 'insecure'
  /** A later Lectern made it. */
  | 'too-new'

const roles = ['vo', 'operator'] as const
const version = 1

const maxTextLength = 20_000
const maxPayloadLength = 10_000
const maxPieces = 100
const maxLengths = { origin: 300, folder: 1000, user: 200, sealed: 2000 } as const

/** The invitation as a payload of letters, digits, '-' and '_'. What it says of the password it must say sealed. */
export function writeInvitation(invitation: Invitation): string {
  const { origin, folder, user, name, role, sealed } = invitation
  const values = [version, origin, folder, user, name, role, ...(sealed ? [sealed] : [])]
  return toBase64url(utf8(JSON.stringify(values)))
}

/** Reads the whole link or the payload alone, also out of a chat that broke it into lines. */
export function readInvitation(text: string): Invitation | InvitationProblem {
  if (text.length > maxTextLength) return 'none'
  // Chats put invisible breaks into long words, and some spell '=' for the web.
  const visible = text.replace(/[\u00ad\u200b-\u200d\u2060]/g, '').trim()
  const [, marked] = /join(?:=|%3D)(.*)/is.exec(visible) ?? []
  const values = valuesIn(marked ?? visible)
  if (!values) return marked === undefined ? 'none' : 'damaged'
  return readValues(values)
}

// Where the payload ends and the chat goes on only shows by trying: the shortest beginning that makes sense is it.
function valuesIn(text: string): readonly unknown[] | undefined {
  const pieces = text.trim().split(/\s+/).slice(0, maxPieces)
  for (let count = 1; count <= pieces.length; count += 1) {
    const values = decoded(/^[\w-]*/.exec(pieces.slice(0, count).join(''))?.[0] ?? '')
    if (values) return values
  }
  return undefined
}

function decoded(payload: string): readonly unknown[] | undefined {
  const bytes = payload.length > maxPayloadLength ? undefined : fromBase64url(payload)
  if (!bytes) return undefined
  try {
    const values: unknown = JSON.parse(textOf(bytes))
    return Array.isArray(values) && typeof values[0] === 'number' ? values : undefined
  } catch {
    // No UTF-8 or no JSON: a piece of something, or somebody's riddle.
    return undefined
  }
}

function readValues(values: readonly unknown[]): Invitation | InvitationProblem {
  const [madeBy, origin, folder, user, name, role, sealed] = values
  if (madeBy !== version) return Number(madeBy) > version ? 'too-new' : 'damaged'
  const address = readOrigin(origin)
  if (address === 'insecure') return 'insecure'
  const read = {
    folder: line(folder, maxLengths.folder),
    user: line(user, maxLengths.user),
    role: oneOf(roles)(role),
    sealed: sealed === undefined ? '' : line(sealed, maxLengths.sealed),
  }
  if (address === undefined || !isFolder(read.folder)) return 'damaged'
  if (read.user === undefined || !read.role || !isBase64url(read.sealed)) return 'damaged'
  return {
    origin: address,
    folder: read.folder,
    user: read.user,
    name: nameText(name) ?? '',
    role: read.role,
    ...(read.sealed && { sealed: read.sealed }),
  }
}

function readOrigin(value: unknown): string | undefined {
  const webAddress = line(value, maxLengths.origin)
  if (webAddress === undefined) return undefined
  const address = readAddress({ webAddress, port: '', folder: '/' })
  if (typeof address !== 'string') return address.origin
  return address === 'insecure' ? address : undefined
}

function isFolder(path: string | undefined): path is string {
  return path !== undefined && /^\/(?:[^/]+\/)*$/.test(path) && !/\/\.{1,2}\//.test(path)
}

function isBase64url(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]*$/.test(text)
}

function line(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string' || value.length > maxLength) return undefined
  return isOneLine(value) ? value : undefined
}

function utf8(text: string): Uint8Array {
  const parts = encodeURIComponent(text).match(/%..|./g) ?? []
  return Uint8Array.from(parts, (part) =>
    part.length === 1 ? part.charCodeAt(0) : Number.parseInt(part.slice(1), 16),
  )
}

function textOf(bytes: Uint8Array): string {
  const parts = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`)
  return decodeURIComponent(parts.join(''))
}
