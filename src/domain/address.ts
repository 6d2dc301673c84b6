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

/** 'share-link' leads to something that was shared, not to a folder that can be used. */
export type AddressProblem = 'address' | 'insecure' | 'share-link'

const shape =
  /^(?:(https?):\/\/)?(\[[0-9a-f:]+\]|[^\s/:?#@[\]]+)(?::(\d{1,5}))?(\/[^?#]*)?([?#].*)?$/i
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

/**
 * Understands `host`, `host:port`, whole web addresses, and what Nextcloud shows; a path in the address counts where no
 * folder is given. Passwords travel with every request, so only this very computer may be reached without HTTPS.
 */
export function readAddress(typed: TypedAddress): Address | AddressProblem {
  const parts = partsOf(typed.webAddress)
  const origin = parts && originOf(parts, typed.port.trim() || parts.port)
  if (!origin) return 'address'
  if (origin === 'insecure') return origin
  const folder = folderOf(parts, typed)
  return typeof folder === 'string' ? folder : { origin: origin.text, folder: folder.text }
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

/** The fields that an address is shown in. */
export function fieldsOf({ origin, folder }: Address): AddressFields {
  const [, webAddress = origin, port = ''] = /^(.*[^:/]):(\d+)$/.exec(origin) ?? []
  return { webAddress, port, folder }
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
  if (port !== undefined && !isPort(port)) return undefined
  const isHere = loopback.test(host)
  const number = port === undefined ? undefined : Number(port)
  const protocol = scheme ?? (isHere && number !== 443 ? 'http' : 'https')
  if (protocol === 'http' && !isHere) return 'insecure'
  const isDefault = number === undefined || number === (protocol === 'https' ? 443 : 80)
  return { text: `${protocol}://${host}${isDefault ? '' : `:${number}`}` }
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536
}

function folderOf(
  { path, rest }: Parts,
  { folder, user = '' }: TypedAddress,
): { text: string } | AddressProblem {
  const typed = folder.trim()
  const place = readCloudPlace({ path, query: rest, user: user.trim() })
  if (place === 'share-link') return place
  if (!place) return rest === '' ? { text: decodePath(typed || path) } : 'address'
  if (typed === '') return { text: decodePath(place.top + place.inner) }
  // Beside an address of Nextcloud people name the folder as they see it there.
  const isWhole = typed.includes('/remote.php/')
  return { text: isWhole ? decodePath(typed) : decodePath(place.top) + decodePath(typed).slice(1) }
}

function carriesFolder({ path, rest }: Parts): boolean {
  const place = readCloudPlace({ path, query: rest, user: '' })
  const inner = typeof place === 'object' ? place.inner : path
  return /[^/]/.test(inner)
}

function decodePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '')
  try {
    return parts.length === 0 ? '/' : `/${parts.map(decodeURIComponent).join('/')}/`
  } catch {
    // A stray '%' is part of the folder's name.
    return `/${parts.join('/')}/`
  }
}
