import type { Request } from 'express'

/** The decoded parts of a path below the folder. */
export type Parts = readonly string[]

/** Why a path or a destination is not served. */
export type Unserved = { readonly status: number; readonly sentence: string }

const metadataSuffix = '.nephelemeta'
const malformed: Unserved = { status: 400, sentence: 'This path is not one that can be asked for.' }

/** True for the files in which the WebDAV library keeps locks and properties. */
export function isMetadata(name: string): boolean {
  return name.toLowerCase().endsWith(metadataSuffix)
}

/** Reads a path as it came over the wire. Whatever could lead out of the folder, in any spelling, is refused. */
export function readParts(path: string): Parts | Unserved {
  const parts: string[] = []
  for (const raw of path.split('/')) {
    const part = decodePart(raw)
    if (part === undefined || isLeadingOut(part)) return malformed
    if (isMetadata(part)) return { status: 403, sentence: 'This name is not for the folder.' }
    if (part !== '') parts.push(part)
  }
  return parts
}

function decodePart(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function isLeadingOut(part: string): boolean {
  return part === '.' || part === '..' || /[/\\\p{Cc}]/u.test(part)
}

/** The parts of the Destination header (RFC 4918 §10.3), which must lie in the same folder of the same server. */
export function readDestination(request: Request): Parts | Unserved {
  const { destination, host } = request.headers
  if (typeof destination !== 'string') return { status: 400, sentence: 'Destination is missing.' }
  const base = `http://${host ?? ''}`
  if (!URL.canParse(destination, base)) return malformed
  const url = new URL(destination, base)
  const mount = request.baseUrl
  // Behind a proxy that ends TLS the scheme differs, and with it the port that goes without saying.
  const isHere = url.host === new URL(`${url.protocol}//${host ?? ''}`).host
  const isInside = url.pathname === mount || url.pathname.startsWith(`${mount}/`)
  if (!isHere || !isInside) {
    return { status: 502, sentence: 'The destination is not in this folder.' }
  }
  return readParts(url.pathname.slice(mount.length))
}

/** How the parts are written in an address below the mount. */
export function spellPath(mount: string, parts: Parts): string {
  return [mount, ...parts.map(encodeURIComponent)].join('/')
}

/** True when one path is the other or lies below it. */
export function isSameOrBelow(parts: Parts, above: Parts): boolean {
  return above.every((part, index) => parts[index] === part)
}
