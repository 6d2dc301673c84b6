import { Failed, failureOf } from '../../domain/failure.ts'
import type { Connection, Remote } from '../../sync/ports.ts'
import { addressOf, addressWithin } from './address.ts'
import { bodyOf, textOf } from './body.ts'
import { clientOf, type Ask } from './client.ts'
import { troubleIn } from './envelope.ts'
import { isSuccess, refused, type Asked, type Outcome } from './failures.ts'
import { readMultistatus, type Listed } from './multistatus.ts'
import { canTellProgress, uploadWithProgress } from './upload.ts'

type Options = {
  readonly connection: Connection
  readonly password: string
  /** Sends the requests, except uploads whose progress is told. */
  readonly fetch?: typeof fetch
}

const browserFetch: typeof fetch = (input, init) => fetch(input, init)

const propertiesAsked =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>' +
  '<resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>'

// Else a Blob's own type is sent, and a server might read a JSON file instead of keeping it.
const bytesType = { 'Content-Type': 'application/octet-stream' }

/** The sync folder on a WebDAV server, for pages and for workers of any kind. */
export function webdavRemote({
  connection,
  password,
  fetch: send = browserFetch,
}: Options): Remote {
  const client = clientOf(connection, password, send)

  // A success may be a multistatus that tells of a trouble: Nephele's 207 for a MOVE that it did not do.
  async function perform(ask: Ask): Promise<Outcome> {
    const response = await client.send(ask)
    const text = await textOf(response, ask.signal)
    const trouble = response.status === 207 ? troubleIn(text) : undefined
    return { status: trouble ?? response.status, retryAfter: response.headers.get('Retry-After') }
  }

  async function propfind(ask: Omit<Ask, 'method'>, Depth: '0' | '1'): Promise<Listed> {
    const headers = { Depth, 'Content-Type': 'application/xml; charset=utf-8' }
    const asked = { ...ask, method: 'PROPFIND', headers, body: propertiesAsked }
    const response = await client.send(asked)
    await demandSuccess(asked, response)
    const text = await textOf(response, ask.signal)
    if (response.status !== 207) throw new Failed({ kind: 'not-webdav' })
    return readMultistatus(text, { root: connection.folder, path: ask.path })
  }

  async function upload(ask: Ask & { body: Blob }, onSent?: (bytes: number) => void) {
    if (!onSent) return perform(ask)
    const { url, body, signal } = ask
    const headers = { ...client.headers, ...ask.headers }
    if (canTellProgress()) return uploadWithProgress({ url, headers, body, signal, onSent })
    const outcome = await perform(ask)
    if (isSuccess(outcome.status)) onSent(body.size)
    return outcome
  }

  const remote: Remote = {
    async list(folder, { signal } = {}) {
      const url = addressOf(connection, folder, 'folder')
      const { self, children } = await propfind({ path: folder, url, signal }, '1')
      if (self.kind === 'file') throw new Failed({ kind: 'not-found', path: folder })
      return [...children]
    },

    stat: (path, { signal } = {}) =>
      unlessNotFound(async () => {
        const url = addressOf(connection, path, 'file')
        return (await propfind({ path, url, signal }, '0')).self
      }),

    async read(path, { signal, range } = {}) {
      const url = addressWithin(connection, path, 'file')
      const headers = range ? { Range: `bytes=${range.from}-${range.to - 1}` } : {}
      const ask = { method: 'GET', path, url, headers, signal }
      const response = await client.send(ask)
      await demandSuccess(ask, response)
      return bodyOf(response, { path, range, signal })
    },

    async write(path, body, { signal, onSent } = {}) {
      const url = addressWithin(connection, path, 'file')
      const ask = { method: 'PUT', path, url, headers: bytesType, body, signal }
      demand(ask, await upload(ask, onSent))
    },

    async makeFolder(path, { signal } = {}) {
      const url = addressOf(connection, path, 'folder')
      const ask = { method: 'MKCOL', path, url, signal }
      const outcome = await perform(ask)
      if (outcome.status === 405) return
      const isThere = oddlyExisting.has(outcome.status) && (await remote.stat(path, { signal }))
      if (!isThere || isThere.kind === 'file') demand(ask, outcome)
    },

    async move(from, to, { signal, overwrite = false } = {}) {
      const asked = { method: 'MOVE', path: from, to, signal }
      const outcome = await asFileOrFolder((kind) => {
        const Destination = addressWithin(connection, to, kind)
        const headers = { Destination, Overwrite: overwrite ? 'T' : 'F' }
        return perform({ ...asked, url: addressWithin(connection, from, kind), headers })
      })
      demand(asked, outcome)
    },

    async remove(path, { signal } = {}) {
      const asked = { method: 'DELETE', path, signal }
      await unlessNotFound(async () => {
        const outcome = await asFileOrFolder((kind) =>
          perform({ ...asked, url: addressWithin(connection, path, kind) }),
        )
        demand(asked, outcome)
      })
    },
  }
  return remote
}

// How servers say of a folder that it exists already, besides 405: 4shared 409, others 406 and 423.
const oddlyExisting: ReadonlySet<number> = new Set([406, 409, 423])

function demand(asked: Asked, outcome: Outcome): void {
  if (!isSuccess(outcome.status)) throw refused(asked, outcome)
}

// Lets go of the body of a refusal, which would hold its connection.
async function demandSuccess(asked: Asked, response: Response): Promise<void> {
  if (response.ok) return
  const retryAfter = response.headers.get('Retry-After')
  await response.body?.cancel()
  throw refused(asked, { status: response.status, retryAfter })
}

// Whether a path is a folder is not known here; a folder's address should end with '/', and nginx answers 409 if not.
async function asFileOrFolder(
  act: (kind: 'file' | 'folder') => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await act('file')
  if (outcome.status !== 409) return outcome
  const second = await act('folder')
  return isSuccess(second.status) ? second : outcome
}

async function unlessNotFound<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (failureOf(error)?.kind !== 'not-found') throw error
    return undefined
  }
}
