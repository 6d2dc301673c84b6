import { Failed, failureOf, type Failure } from '../../domain/failure.ts'
import { parentOf } from '../../domain/layout.ts'
import type { Connection, Remote } from '../../sync/ports.ts'
import { addressOf, addressWithin } from './address.ts'
import { clientOf, type Ask } from './client.ts'
import { isRedirect, isSuccess, refused, type Asked, type Outcome } from './failures.ts'
import { readDeepMultistatus, readMultistatus } from './multistatus.ts'
import { requestsOf, textIn, type Answer } from './requests.ts'
import { usualLimits, type Limits } from './waiting.ts'

type Options = {
  readonly connection: Connection
  readonly password: string
  /** Sends the requests, except uploads whose progress is told. */
  readonly fetch?: typeof fetch
  readonly limits?: Limits
}

type Cancellable = Pick<Ask, 'signal'>

const browserFetch: typeof fetch = (input, init) => fetch(input, init)

// Else a Blob's own type is sent, and a server might read a JSON file instead of keeping it.
const bytesType = { 'Content-Type': 'application/octet-stream' }

/** The sync folder on a WebDAV server, for pages and for workers of any kind. */
export function webdavRemote({
  connection,
  password,
  fetch: send = browserFetch,
  limits = usualLimits,
}: Options): Remote {
  const client = clientOf({ connection, password, send, limits })
  const requests = requestsOf({ connection, client, limits })
  const { folder: root } = connection

  // Servers have many words for what is missing: to a move rclone says 403, Apache 500, and so does nginx to a PUT. And
  // rclone, to a PUT of somebody who may only read, 404.
  async function demandOf(asked: Asked & Cancellable, outcome: Outcome, needed: readonly string[]) {
    const { signal } = asked
    const isUnclear = asked.method === 'PUT' && outcome.status === 404
    const isVague = isUnclear || outcome.status === 403 || outcome.status === 500
    for (const path of isVague ? needed : []) {
      if (!(await lookFor(path, signal))) throw new Failed({ kind: 'not-found', path })
    }
    if (isUnclear) throw new Failed({ kind: 'forbidden' })
    demand(asked, outcome)
  }

  // A change that is refused with 401 may be a reader's; a look that is, never.
  async function lookFor(path: string, signal: AbortSignal | undefined) {
    try {
      return await remote.stat(path, { signal })
    } catch (error) {
      if (failureOf(error)?.kind !== 'unauthorized') throw error
      throw new Failed({ kind: 'unauthorized', isCertain: true }, { cause: error })
    }
  }

  const remote: Remote = {
    async list(folder, { signal } = {}) {
      const url = addressOf(connection, folder, 'folder')
      const answer = await requests.propfind('1', { path: folder, url, signal })
      const text = listingIn(folder, answer)
      const { self, children } = await readMultistatus(text, { root, path: folder })
      if (self.kind === 'file') throw new Failed({ kind: 'not-found', path: folder })
      return [...children]
    },

    listDeep: (folder, { signal } = {}) =>
      unlessIncapable(async () => {
        const url = addressOf(connection, folder, 'folder')
        const answer = await requests.propfind('infinity', { path: folder, url, signal })
        const text = listingIn(folder, answer)
        const { self, children } = await readDeepMultistatus(text, { root, path: folder })
        if (self.kind === 'file') throw new Failed({ kind: 'not-found', path: folder })
        return [...children]
      }),

    stat: (path, { signal } = {}) =>
      unlessNotFound(async () => {
        const answer = await asFileOrFolder((kind) =>
          requests.propfind('0', { path, url: addressOf(connection, path, kind), signal }),
        )
        return (await readMultistatus(listingIn(path, answer), { root, path })).self
      }),

    async read(path, { signal, range } = {}) {
      const url = addressWithin(connection, path, 'file')
      const headers = range ? { Range: `bytes=${range.from}-${range.to - 1}` } : {}
      return requests.download({ method: 'GET', path, url, headers, signal }, range)
    },

    async write(path, body, { signal, onSent } = {}) {
      const url = addressWithin(connection, path, 'file')
      const deed = { method: 'PUT', path, url, headers: bytesType, body, signal }
      await demandOf(deed, await requests.upload(deed, onSent), [parentOf(path)])
    },

    async makeFolder(path, { signal } = {}) {
      const url = addressOf(connection, path, 'folder')
      const asked = { method: 'MKCOL', path, url, signal }
      const outcome = await requests.perform(asked)
      const there = existing.has(outcome.status) && (await lookFor(path, signal))
      if (!there) demand(asked, outcome)
      else if (there.kind === 'file') throw new Failed({ kind: 'conflict', path })
    },

    async move(from, to, { signal, overwrite = false } = {}) {
      const asked = { method: 'MOVE', path: from, to, signal }
      const outcome = await asFileOrFolder((kind) => {
        const Destination = addressWithin(connection, to, kind)
        const headers = { Destination, Overwrite: overwrite ? 'T' : 'F' }
        return requests.perform({ ...asked, url: addressWithin(connection, from, kind), headers })
      })
      await demandOf(asked, outcome, [from, parentOf(to)])
      // RFC 4918 §9.9.4 knows 201 and 204 only: 200 is what login pages of public networks say to everything.
      const isDubious = outcome.status === 200 && (await lookFor(from, signal))
      if (isDubious) throw new Failed({ kind: 'bad-answer', path: from })
    },

    serverTime: () => client.serverTime(),

    async remove(path, { signal } = {}) {
      const asked = { method: 'DELETE', path, signal }
      await unlessNotFound(async () => {
        const outcome = await asFileOrFolder((kind) =>
          requests.perform({ ...asked, url: addressWithin(connection, path, kind) }),
        )
        demand(asked, outcome)
      })
    },
  }
  return remote
}

// How servers say of a folder that it exists already: most 405, 4shared 409, others 406 and 423. To somebody who may
// only read, rclone says 405 of any folder.
const existing: ReadonlySet<number> = new Set([405, 406, 409, 423])

function demand(asked: Asked, outcome: Outcome): void {
  if (!isSuccess(outcome.status)) throw refused(asked, outcome)
}

function listingIn(path: string, answer: Answer): string {
  demand({ method: 'PROPFIND', path }, answer)
  if (answer.status !== 207) throw new Failed({ kind: 'not-webdav' })
  return textIn(answer, path)
}

// Whether a path is a folder is not known here. A folder's address should end with '/': if not, nginx answers 409, or
// 400 to a MOVE, and Apache a redirect to where it does.
async function asFileOrFolder<T extends Outcome>(act: (kind: 'file' | 'folder') => Promise<T>) {
  const outcome = await act('file')
  if (outcome.status !== 400 && outcome.status !== 409 && !isRedirect(outcome.status))
    return outcome
  const second = await act('folder')
  return isSuccess(second.status) || second.status === 401 ? second : outcome
}

async function unlessNotFound<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (failureOf(error)?.kind !== 'not-found') throw error
    return undefined
  }
}

// Servers refuse deep listings in many ways (403, 412, 501 …), and some break on them. What is wrong with the folder
// itself, or with one in it, a walk will tell.
async function unlessIncapable<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    const failure = failureOf(error)
    if (failure && isIncapable(failure)) return undefined
    throw error
  }
}

function isIncapable(failure: Failure): boolean {
  if (failure.kind === 'server') return failure.status !== 503
  return !walkWouldMeet.has(failure.kind)
}

const walkWouldMeet: ReadonlySet<Failure['kind']> = new Set([
  'offline',
  'unreachable',
  'unauthorized',
  'not-found',
  'locked',
  'too-many-requests',
])
