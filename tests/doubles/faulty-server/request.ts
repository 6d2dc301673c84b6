/** One request as the server saw it; `path` and `to` decoded, relative to the sync folder; `depth` as it was asked. */
export type Seen = {
  readonly method: string
  readonly path: string
  readonly to?: string
  readonly depth: string
}

export type Request = Seen & {
  readonly overwrite: string
  readonly range: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly login: { readonly user: string; readonly password: string }
  /** How many entries a listing may hold, and whether it breaks off after them. */
  readonly mostEntries: number
  readonly isCut: boolean
}

export const origin = 'https://faulty.example'

/** The sync folder's path on the server. */
export const root = '/dav/'

const changing: ReadonlySet<string> = new Set(['PUT', 'MKCOL', 'MOVE', 'DELETE'])

/** True for a request that is to change something. */
export function isChange({ method }: Seen): boolean {
  return changing.has(method)
}

/** True for a request that asks what a folder holds. */
export function isListing({ method, depth }: Seen): boolean {
  return method === 'PROPFIND' && depth !== '0'
}

export function mayWrite({ user }: Request['login']): boolean {
  return user !== 'hall'
}

export async function readRequest(url: string, init: RequestInit): Promise<Request> {
  const headers = new Headers(init.headers)
  const to = headers.get('Destination')
  return {
    method: init.method ?? 'GET',
    path: pathOf(url),
    ...(to !== null && { to: pathOf(to) }),
    depth: headers.get('Depth') ?? 'infinity',
    overwrite: headers.get('Overwrite') ?? 'T',
    range: headers.get('Range') ?? '',
    body: new Uint8Array(await new Response(init.body).arrayBuffer()),
    login: loginIn(headers),
    mostEntries: Infinity,
    isCut: false,
  }
}

function loginIn(headers: Headers): Request['login'] {
  const [, account = ''] = (headers.get('Authorization') ?? '').split(' ')
  const [user = '', password = ''] = atob(account).split(':')
  return { user, password }
}

function pathOf(url: string): string {
  const path = new URL(url).pathname.slice(root.length)
  return path.replace(/\/$/, '').split('/').map(decodeURIComponent).join('/')
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The request as it is after a part of its body got lost. */
export function cutShort(request: Request, share: number): Request {
  return { ...request, body: request.body.slice(0, Math.floor(request.body.length * share)) }
}
