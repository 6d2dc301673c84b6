import { readCloudPlace } from './nextcloud.ts'

/** Where a server is: `origin` is scheme, host and port; `folder` an absolute decoded path with '/' at both ends. */
export type Address = { readonly origin: string; readonly folder: string }

/** True where both lead to the same folder. */
export function isSameAddress(one: Address | undefined, other: Address): boolean {
  return one?.origin === other.origin && one.folder === other.folder
}

/** An address as the fields of congregation sync hold it. */
export type AddressFields = {
  readonly webAddress: string
  readonly port: string
  readonly folder: string
}

/** What a person typed: Nextcloud's own pages do not name the account, but the folder behind them does. */
export type TypedAddress = AddressFields & { readonly user?: string }

/**
 * 'share-link' leads to something that was shared, not to a folder that can be used. What was typed as the folder may be
 * none ('folder'), a whole web address of elsewhere ('foreign-folder'), or lie on this computer ('own-folder').
 */
export type AddressProblem =
  'address' | 'insecure' | 'share-link' | 'port' | 'folder' | 'foreign-folder' | 'own-folder'

const places = {
  address: 'address',
  insecure: 'address',
  'share-link': 'address',
  port: 'port',
  folder: 'folder',
  'foreign-folder': 'folder',
  'own-folder': 'folder',
} as const satisfies Record<AddressProblem, string>

/** The field in which a problem is mended. */
export function fieldOf(problem: AddressProblem): 'address' | 'port' | 'folder' {
  return places[problem]
}

const shape =
  /^(?:(https?):\/\/)?(\[[0-9a-f:]+\]|[^\s/:?#@[\]]+)(?::(\d{1,5}))?(\/[^?#]*)?([?#].*)?$/i
// What a URL may have there; a backslash, say, would end the host for a browser and not for the eye.
const hostName = /^(?:[\p{L}\p{M}\p{Nd}_-]+\.)*[\p{L}\p{M}\p{Nd}_-]+\.?$/u
// Browsers take a name for an IPv4 address where its last part is a number, hexadecimal ones included.
const numberLast = /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/
// Browsers resolve these by themselves, and would silently use another folder.
const climbs = /\/\.{1,2}\//
// A drive's letter, or backslashes; behind a '/' these may be part of a folder's name on the server.
const ofThisComputer = /^(?:[a-z]:(?:[\\/]|$)|file:|[^/]*\\)/i
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

/**
 * Understands `host`, `host:port`, whole web addresses, and what Nextcloud shows; a path in the address counts where no
 * folder is given. Passwords travel with every request, so only this very computer may be reached without HTTPS.
 */
export function readAddress(typed: TypedAddress): Address | AddressProblem {
  const parts = partsOf(typed.webAddress)
  const port = typed.port.trim()
  if (parts && isHost(parts.host) && port !== '' && !isPort(port)) return 'port'
  const origin = parts && originOf(parts, port || parts.port)
  if (!origin) return 'address'
  if (origin === 'insecure') return origin
  const folder = isWebAddress(typed.folder) ? folderAt(origin.text, typed) : folderOf(parts, typed)
  if (typeof folder === 'string') return folder
  if (climbs.test(folder.text)) return typed.folder.trim() === '' ? 'address' : 'folder'
  return { origin: origin.text, folder: folder.text }
}

/**
 * What was typed, with all that the web address carries in the field where it belongs: there it counts over what the
 * field held before.
 */
export function spread(typed: TypedAddress): AddressFields | AddressProblem {
  const parts = partsOf(typed.webAddress)
  const port = parts?.port === undefined ? typed.port : ''
  const folder = parts && carriesFolder(parts) ? '' : typed.folder
  const address = readAddress({ ...typed, port, folder })
  if (typeof address === 'string') return address
  const fields = fieldsOf(address)
  return fields.folder === '/' ? { ...fields, folder: folder.trim() } : fields
}

/** True where somebody typed a whole address as the folder: it begins with its scheme. */
export function isWebAddress(folder: string): boolean {
  return /^\s*https?:\/\//i.test(folder)
}

/** The fields that an address is shown in; reading them gives the address back. */
export function fieldsOf({ origin, folder }: Address): AddressFields {
  const [, webAddress = origin, port = ''] = /^(.*[^:/]):(\d+)$/.exec(origin) ?? []
  return { webAddress, port, folder: folderField(folder) }
}

/** A decoded folder as its field holds it: a '%' that would be read as the beginning of a code is spelled as one. */
export function folderField(folder: string): string {
  return folder.replace(/%(?=[\da-f]{2})/gi, '%25')
}

type Parts = {
  readonly scheme: string | undefined
  readonly host: string
  readonly port: string | undefined
  /** Still percent-encoded. */
  readonly path: string
  /** Query and fragment. */
  readonly rest: string
}

function partsOf(webAddress: string): Parts | undefined {
  const [, scheme, host, port, path = '', rest = ''] = shape.exec(webAddress.trim()) ?? []
  if (host === undefined) return undefined
  return { scheme: scheme?.toLowerCase(), host: host.toLowerCase(), port, path, rest }
}

function originOf(
  { scheme, host }: Parts,
  port: string | undefined,
): { text: string } | 'insecure' | undefined {
  if (!isHost(host) || (port !== undefined && !isPort(port))) return undefined
  const isHere = loopback.test(host)
  const number = port === undefined ? undefined : Number(port)
  const protocol = scheme ?? (isHere && number !== 443 ? 'http' : 'https')
  if (protocol === 'http' && !isHere) return 'insecure'
  const isDefault = number === undefined || number === (protocol === 'https' ? 443 : 80)
  return { text: `${protocol}://${host}${isDefault ? '' : `:${number}`}` }
}

// The domain knows no URL: which names of other scripts there can be, a browser says (see browser-origin.ts).
function isHost(host: string): boolean {
  if (host.startsWith('[')) return isIpv6(host.slice(1, -1))
  return numberLast.test(host) ? ipv4.test(host) : hostName.test(host)
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : halves.length === 1 && groups.length === 8
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536
}

function folderOf(
  { path, rest }: Parts,
  { folder, user = '' }: TypedAddress,
): { text: string } | AddressProblem {
  const typed = folder.trim()
  if (ofThisComputer.test(typed)) return 'own-folder'
  const place = readCloudPlace({ path, query: rest, user: user.trim() })
  if (place === 'share-link') return place
  if (!place) return rest === '' ? { text: decodePath(typed || path) } : 'address'
  if (typed === '') return { text: decodePath(place.top + place.inner) }
  // Beside an address of Nextcloud people name the folder as they see it there.
  const isWhole = typed.includes('/remote.php/')
  return { text: isWhole ? decodePath(typed) : decodePath(place.top) + decodePath(typed).slice(1) }
}

// A whole address counts as the folder where it leads to the very server of the other fields.
function folderAt(
  origin: string,
  { folder, user = '' }: TypedAddress,
): { text: string } | AddressProblem {
  const parts = partsOf(folder)
  const there = parts && originOf(parts, parts.port)
  if (!parts || typeof there !== 'object' || there.text !== origin) return 'foreign-folder'
  const found = folderOf(parts, { webAddress: '', port: '', folder: '', user })
  return typeof found === 'string' ? 'foreign-folder' : found
}

function carriesFolder({ path, rest }: Parts): boolean {
  const place = readCloudPlace({ path, query: rest, user: '' })
  const inner = typeof place === 'object' ? place.inner : path
  return /[^/]/.test(inner)
}

// Codes first: one may stand for a '/', and two of these at the beginning would lead to another server.
function decodePath(path: string): string {
  const names = path.replace(/(?:%[\da-f]{2})+/gi, decodeCodes).split('/')
  const known = names.filter((name) => name !== '')
  return known.length === 0 ? '/' : `/${known.join('/')}/`
}

function decodeCodes(codes: string): string {
  try {
    return decodeURIComponent(codes)
  } catch {
    // They spell no letter, so they are part of the folder's name, as a stray '%' is.
    return codes
  }
}
