import { cutAnswer, inDrops, loginPage, lost, redirect } from './answers.ts'
import { multistatusOf, refusalOf } from './multistatus.ts'
import type { Fault } from './faults.ts'
import {
  cutShort,
  isChange,
  mayWrite,
  origin,
  parentOf,
  readRequest,
  root,
  type Request,
  type Seen,
} from './request.ts'
import { plainTraits, type Traits } from './traits.ts'
import { newTree } from './tree.ts'

type Options = {
  readonly traits?: Partial<Traits>
  /** The time by everybody else's clock, milliseconds since 1970. */
  readonly now: () => number
  /** The trouble that meets the n-th request, counted from 0. */
  readonly faultAt?: (index: number, seen: Seen) => Fault | undefined
  /** Hears of every request when it is over, whatever became of it. */
  readonly onRequest?: (seen: Seen) => void
  /** Time goes by while an answer trickles in, milliseconds. */
  readonly pass?: (ms: number) => void
}

/**
 * A WebDAV server inside the test: no socket, but the very requests and answers of one, with all oddities a real one
 * may have and any trouble on the way. Accounts: `vo` may write, `hall` may only read. Conditions (If-*) are ignored, as
 * several real ones do.
 */
export function faultyServer({ traits: odd = {}, now, faultAt, onRequest, pass }: Options) {
  const traits: Traits = { ...plainTraits, ...odd }
  const serverNow = () => now() + traits.clockAheadMs
  const tree = newTree(traits, serverNow)
  let count = 0
  let password = 'password'
  let isAway = false
  let isFull = false
  let { deep } = traits

  /** Answers as a browser's fetch would. */
  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    init.signal?.throwIfAborted()
    const request = await readRequest(url, init)
    const index = count
    count += 1
    const fault = faultAt?.(index, request)
    try {
      return readable(dated(fault ? withFault(fault, request) : act(request)))
    } finally {
      onRequest?.(request)
    }
  }

  function act(request: Request): Response {
    const { login, method } = request
    if (login.password !== password) return new Response(null, { status: 401 })
    if (!mayWrite(login) && isChange(request)) return new Response(null, { status: 403 })
    if (isAway) return new Response(null, { status: makesNew.has(method) ? 409 : 404 })
    switch (method) {
      case 'PROPFIND':
        return list(request)
      case 'GET':
        return read(request)
      case 'PUT':
        return write(request)
      case 'MKCOL':
        return makeFolder(request)
      case 'MOVE':
        return move(request)
      case 'DELETE':
        return remove(request)
      default:
        return new Response(null, { status: 405 })
    }
  }

  function list({ path, depth, mostEntries, isCut }: Request): Response {
    const self = tree.at(path)
    if (self === undefined) return new Response(null, { status: 404 })
    if (depth === 'infinity' && deep === 'refused') return new Response(null, { status: 403 })
    const start = path === '' ? '' : `${path}/`
    const isDeep = depth === 'infinity' && deep !== 'lying'
    const inside = tree.all().filter(([name]) => isBelow(name, start, isDeep))
    const known = isDeep && deep === 'forgetful' ? withoutNewest(inside) : inside
    const told = depth === '0' ? [] : known.slice(0, mostEntries)
    const entries = [[path, self] as const, ...told].map(([name, node]) => ({ path: name, node }))
    const body = multistatusOf(entries, { root, traits, now: serverNow(), isCut })
    return new Response(body, { status: 207, headers: { 'Content-Type': 'application/xml' } })
  }

  function read({ path, range }: Request): Response {
    const node = tree.at(path)
    if (node === undefined || node === 'folder') return new Response(null, { status: 404 })
    const asked = /^bytes=(\d+)-(\d+)$/.exec(range)
    if (!asked || !traits.hasRanges) return new Response(node.bytes, { status: 200 })
    const [from, last] = [Number(asked[1]), Math.min(Number(asked[2]), node.bytes.length - 1)]
    if (from > last) return new Response(null, { status: 416 })
    const headers = { 'Content-Range': `bytes ${from}-${last}/${node.bytes.length}` }
    return new Response(node.bytes.slice(from, last + 1), { status: 206, headers })
  }

  function write({ path, body }: Request): Response {
    const refused = refusedPlace(path)
    if (refused) return refused
    if (tree.at(path) === 'folder') return new Response(null, { status: 409 })
    if (isFull) return new Response(null, { status: 507 })
    const isNew = tree.at(path) === undefined
    tree.write(path, body)
    return new Response(null, { status: isNew ? 201 : 204 })
  }

  function refusedPlace(path: string): Response | undefined {
    const parent = tree.at(parentOf(path))
    return parent === 'folder' ? undefined : new Response(null, { status: 409 })
  }

  function makeFolder({ path }: Request): Response {
    if (tree.at(path) !== undefined) return new Response(null, { status: 405 })
    const refused = refusedPlace(path)
    if (refused) return refused
    tree.makeFolder(path)
    return new Response(null, { status: 201 })
  }

  function move({ path, to = '', overwrite }: Request): Response {
    if (tree.at(path) === undefined) return new Response(null, { status: 404 })
    const refused = refusedPlace(to)
    if (refused) return refused
    const isTaken = tree.at(to) !== undefined
    if (isTaken && overwrite === 'F') return refusedMove(to)
    tree.move(path, to)
    return new Response(null, { status: isTaken ? 204 : 201 })
  }

  function refusedMove(to: string): Response {
    if (traits.refusal === 412) return new Response(null, { status: 412 })
    return new Response(refusalOf(root + to, 412), { status: 207 })
  }

  function remove({ path }: Request): Response {
    if (tree.at(path) === undefined) return new Response(null, { status: 404 })
    tree.drop(path)
    return new Response(null, { status: 204 })
  }

  function withFault(fault: Fault, request: Request): Response {
    const answer = () => act(request)
    switch (fault.do) {
      case 'reset':
        throw lost()
      case 'lose answer':
        answer()
        throw lost()
      case 'refuse':
        return new Response(null, {
          status: fault.status,
          headers:
            fault.retryAfterS === undefined ? {} : { 'Retry-After': String(fault.retryAfterS) },
        })
      case 'cut up':
        cutUpload(request, fault.share)
        throw lost()
      case 'cut up silently':
        return act(cutShort(request, fault.share))
      case 'cut down':
        return cutAnswer(answer(), fault)
      case 'short listing':
        return act({ ...request, mostEntries: fault.entries, isCut: fault.isCut })
      case 'trickle':
        pass?.(fault.ms)
        return inDrops(answer())
      case 'login page':
        return loginPage()
      case 'redirect':
        return redirect()
    }
  }

  function cutUpload({ method, path, body, login }: Request, share: number): void {
    const isKept = method === 'PUT' && mayWrite(login) && traits.cutUpload === 'what arrived'
    if (isKept && !refusedPlace(path) && tree.at(path) !== 'folder')
      tree.write(path, body.slice(0, Math.floor(body.length * share)))
  }

  function dated(answer: Response): Response {
    if (traits.tellsTime) answer.headers.set('Date', new Date(serverNow()).toUTCString())
    return answer
  }

  function readable(answer: Response): Response {
    if (!traits.hasCorsOnErrors && answer.status >= 300) throw lost()
    return answer
  }

  return {
    connection: (user: 'vo' | 'hall' = 'vo') => ({ origin, user, folder: root }),
    fetch: send as typeof fetch,
    tree,
    traits,
    /** How many requests were made so far. */
    requests: () => count,
    changePassword(next: string): void {
      password = next
    },
    /** The sync folder is not there under its name any more; or is again. */
    setAway(next: boolean): void {
      isAway = next
    },
    /** An update of the server's software, after which it answers deep listings another way. */
    setDeep(next: Traits['deep']): void {
      deep = next
    },
    /** There is no room for another byte; or there is again. */
    setFull(next: boolean): void {
      isFull = next
    },
  }
}

export type FaultyServer = ReturnType<typeof faultyServer>

const makesNew: ReadonlySet<string> = new Set(['PUT', 'MKCOL', 'MOVE'])

function withoutNewest<T>(inside: readonly (readonly [string, T])[]) {
  const newest = inside.findLast(([path, node]) => node !== 'folder' && path.startsWith('Media/'))
  return inside.filter((entry) => entry !== newest)
}

function isBelow(name: string, start: string, isDeep: boolean): boolean {
  return (
    name.startsWith(start) && name !== '' && (isDeep || !name.slice(start.length).includes('/'))
  )
}
