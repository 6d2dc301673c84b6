import { Failed, failureOf } from '../../domain/failure.ts'
import { parentOf } from '../../domain/layout.ts'
import type { Connection, Remote } from '../../sync/ports.ts'
import { addressOf, addressWithin } from './address.ts'
import { bodyOf, textOf } from './body.ts'
import { clientOf, type Ask } from './client.ts'
import { troubleIn } from './envelope.ts'
import { isRedirect, isSuccess, refused, type Asked, type Outcome } from './failures.ts'
import { readMultistatus, type Listed } from './multistatus.ts'
import { canTellProgress, uploadWithProgress } from './upload.ts'

type Options = {
  readonly connection: Connection
  readonly password: string
  /** Sends the requests, except uploads whose progress is told. */
  readonly fetch?: typeof fetch
}

type Cancellable = Pick<Ask, 'signal'>

type Answer = Outcome & { readonly text: string }

const browserFetch: typeof fetch = (input, init) => fetch(input, init)

const propertiesAsked =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>' +
  '<resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>'

// Else a Blob's own type is sent, and a server might read a JSON file instead of keeping it.
const bytesType = { 'Content-Type': 'application/octet-stream' }

// Smaller files are gone before anybody has read how much of them is.
const worthTellingBytes = 1_048_576

/** The sync folder on a WebDAV server, for pages and for workers of any kind. */
export function webdavRemote({
  connection,
  password,
  fetch: send = browserFetch,
}: Options): Remote {
  const client = clientOf(connection, password, send)

  async function ask(question: Ask): Promise<Answer> {
    const response = await client.send(question)
    const text = await textOf(response, question.signal)
    return { status: response.status, retryAfter: response.headers.get('Retry-After'), text }
  }

  // A success may be a multistatus that tells of a trouble: Nephele's 207 for a MOVE that it did not do.
  async function perform(deed: Ask): Promise<Outcome> {
    const answer = await ask(deed)
    const trouble = answer.status === 207 ? troubleIn(answer.text) : undefined
    return trouble === undefined ? answer : { ...answer, status: trouble }
  }

  function propfind(depth: '0' | '1', where: Pick<Ask, 'path' | 'url' | 'signal'>) {
    const headers = { Depth: depth, 'Content-Type': 'application/xml; charset=utf-8' }
    return ask({ ...where, method: 'PROPFIND', headers, body: propertiesAsked })
  }

  function listedIn(path: string, answer: Answer): Promise<Listed> {
    demand({ method: 'PROPFIND', path }, answer)
    if (answer.status !== 207) throw new Failed({ kind: 'not-webdav' })
    return readMultistatus(answer.text, { root: connection.folder, path })
  }

  async function upload(deed: Ask & { body: Blob }, onSent?: (bytes: number) => void) {
    const { path, url, body, signal } = deed
    if (onSent && body.size >= worthTellingBytes && canTellProgress()) {
      const parent = parentOf(path)
      // An upload with a wrong password would make the browser itself ask for another one.
      const answer = await propfind('0', {
        path: parent,
        url: addressOf(connection, parent, 'folder'),
        signal,
      })
      if (!isSuccess(answer.status)) return answer
      const headers = { ...client.headers, ...deed.headers }
      return uploadWithProgress({ url, headers, body, signal, onSent })
    }
    const outcome = await perform(deed)
    if (isSuccess(outcome.status)) onSent?.(body.size)
    return outcome
  }

  // Servers have many words for what is missing: to a move rclone says 403, Apache 500, and so does nginx to a PUT.
  async function demandOf(asked: Asked & Cancellable, outcome: Outcome, needed: readonly string[]) {
    const { signal } = asked
    const isVague = outcome.status === 403 || outcome.status === 500
    for (const path of isVague ? needed : []) {
      if (!(await remote.stat(path, { signal }))) throw new Failed({ kind: 'not-found', path })
    }
    demand(asked, outcome)
  }

  const remote: Remote = {
    async list(folder, { signal } = {}) {
      const url = addressOf(connection, folder, 'folder')
      const answer = await propfind('1', { path: folder, url, signal })
      const { self, children } = await listedIn(folder, answer)
      if (self.kind === 'file') throw new Failed({ kind: 'not-found', path: folder })
      return [...children]
    },

    listDeep: () => Promise.resolve(undefined),

    stat: (path, { signal } = {}) =>
      unlessNotFound(async () => {
        const answer = await asFileOrFolder((kind) =>
          propfind('0', { path, url: addressOf(connection, path, kind), signal }),
        )
        return (await listedIn(path, answer)).self
      }),

    async read(path, { signal, range } = {}) {
      const url = addressWithin(connection, path, 'file')
      const headers = range ? { Range: `bytes=${range.from}-${range.to - 1}` } : {}
      const asked = { method: 'GET', path, url, headers, signal }
      const response = await client.send(asked)
      if (!response.ok) throw await refusedBy(response, asked)
      return bodyOf(response, { path, range, signal })
    },

    async write(path, body, { signal, onSent } = {}) {
      const url = addressWithin(connection, path, 'file')
      const deed = { method: 'PUT', path, url, headers: bytesType, body, signal }
      await demandOf(deed, await upload(deed, onSent), [parentOf(path)])
    },

    async makeFolder(path, { signal } = {}) {
      const url = addressOf(connection, path, 'folder')
      const asked = { method: 'MKCOL', path, url, signal }
      const outcome = await perform(asked)
      if (outcome.status === 405) return
      const isThere = oddlyExisting.has(outcome.status) && (await remote.stat(path, { signal }))
      if (!isThere || isThere.kind === 'file') demand(asked, outcome)
    },

    async move(from, to, { signal, overwrite = false } = {}) {
      const asked = { method: 'MOVE', path: from, to, signal }
      const outcome = await asFileOrFolder((kind) => {
        const Destination = addressWithin(connection, to, kind)
        const headers = { Destination, Overwrite: overwrite ? 'T' : 'F' }
        return perform({ ...asked, url: addressWithin(connection, from, kind), headers })
      })
      await demandOf(asked, outcome, [from, parentOf(to)])
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

// The body is let go of: it would hold its connection.
async function refusedBy(response: Response, asked: Asked): Promise<Failed> {
  const retryAfter = response.headers.get('Retry-After')
  await response.body?.cancel()
  return refused(asked, { status: response.status, retryAfter })
}

// Whether a path is a folder is not known here. A folder's address should end with '/': if not, nginx answers 409, and
// Apache a redirect to where it does.
async function asFileOrFolder<T extends Outcome>(act: (kind: 'file' | 'folder') => Promise<T>) {
  const outcome = await act('file')
  if (outcome.status !== 409 && !isRedirect(outcome.status)) return outcome
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
