/** Where a server is: `origin` is scheme, host and port; `folder` an absolute decoded path with '/' at both ends. */
export type Address = { readonly origin: string; readonly folder: string }

/** What a person typed into the fields of congregation sync. */
export type TypedAddress = {
  readonly webAddress: string
  readonly port: string
  readonly folder: string
}

export type AddressProblem = 'address' | 'insecure'

const shape = /^(?:(https?):\/\/)?(\[[0-9a-f:]+\]|[^\s/:?#@[\]]+)(?::(\d{1,5}))?(\/[^?#]*)?$/i
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

/**
 * Understands `host`, `host:port` and whole web addresses; a path in the address counts where no folder is given.
 * Passwords travel with every request, so only this very computer may be reached without HTTPS.
 */
export function readAddress({ webAddress, port, folder }: TypedAddress): Address | AddressProblem {
  const match = shape.exec(webAddress.trim())
  const [, scheme, host = '', portInAddress, path] = match ?? []
  const number = port.trim() || portInAddress
  if (host === '' || (number !== undefined && !isPort(number))) return 'address'
  const isHere = loopback.test(host)
  const protocol = scheme?.toLowerCase() ?? (isHere && number !== '443' ? 'http' : 'https')
  if (protocol === 'http' && !isHere) return 'insecure'
  const decoded = decodePath(folder.trim() || path || '/')
  if (decoded === undefined) return 'address'
  const isDefault = number === undefined || number === (protocol === 'https' ? '443' : '80')
  return {
    origin: `${protocol}://${host.toLowerCase()}${isDefault ? '' : `:${number}`}`,
    folder: decoded,
  }
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536
}

function decodePath(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '')
  try {
    return parts.length === 0 ? '/' : `/${parts.map(decodeURIComponent).join('/')}/`
  } catch {
    // A stray '%' is part of the folder's name.
    return `/${parts.join('/')}/`
  }
}
