import { Failed, type Failure } from '../../src/domain/failure.ts'
import { isUnsafePath, parentOf, type Entry } from '../../src/domain/layout.ts'
import type { ByteRange, Remote, RemoteBody } from '../../src/sync/ports.ts'

type RemoteMethod = keyof Remote

/** One request as the server saw it; `to` is where a move leads. */
type RemoteCall = {
  readonly method: RemoteMethod
  readonly path: string
  readonly to?: string
}

/** A sync folder in memory, the troubles a test may order for it, and what other people do to it meanwhile. */
export type MemoryRemote = Remote & {
  /** The same folder for an account that may only read. */
  readonly reader: Remote
  /** Puts files there as any other tool would, making their folders; a text is the content of its file. */
  seed(files: Files): void
  /** Removes a file or folder as any other tool would. */
  drop(path: string): void
  /** All files with their content as text, by path. */
  tree(): Promise<Record<string, string>>
  /** The paths of all files and folders, folders with '/' at their end, in order. */
  paths(): string[]
  /** Every request that reached the server; a test may empty it. */
  readonly calls: RemoteCall[]
  /** The next call of that method, of those nothing is ordered for yet, changes nothing and rejects. */
  failNext(method: RemoteMethod, failure: Failure): void
  /** The next call of that method takes effect, then rejects with 'unreachable' because its answer was lost. */
  loseAnswerNext(method: RemoteMethod): void
  /** The next write breaks off and leaves a file of that many bytes behind, as it does on some servers. */
  cutNextWrite(keptBytes: number): void
  /** Somebody else does this right before the next call of that method. */
  beforeNext(method: RemoteMethod, deed: () => void): void
  /** Every call rejects with 'offline', until `goOnline`. */
  goOffline(): void
  goOnline(): void
}

type Files = Readonly<Record<string, string | Blob>>

type Options = {
  readonly files?: Files
  /** False: a server without ETags, whose versions differ in size and time only. */
  readonly hasEtags?: boolean
  /** False: a server that ignores ranges. */
  readonly hasRanges?: boolean
  /** How the server answers a deep listing: truly, with one level less than there is, or not at all. */
  readonly deep?: 'true' | 'lying' | 'refused'
  /** The time of the first change, milliseconds since 1970; each change is a second after the one before. */
  readonly startsAt?: number
  /** The server's own clock instead; it tells times in whole seconds. */
  readonly now?: () => number
}

type Node = 'folder' | { readonly body: Blob; readonly etag: string; readonly modified: number }
type Order = { readonly before?: Failure; readonly after?: Failure; readonly keptBytes?: number }
type Cancellable = { readonly signal?: AbortSignal | undefined }

/** The Remote port in memory, with the same guarantees. */
export function memoryRemote(options: Options = {}): MemoryRemote {
  const {
    hasEtags = true,
    hasRanges = true,
    deep = 'refused',
    startsAt = Date.UTC(2026, 10, 16, 8),
    now = () => startsAt + changes * 1000,
  } = options
  const nodes = new Map<string, Node>()
  const calls: RemoteCall[] = []
  const orders = new Map<RemoteMethod, Order[]>()
  const deeds = new Map<RemoteMethod, (() => void)[]>()
  let changes = 0
  let isOnline = true

  function put(path: string, body: Blob): void {
    nodes.set(path, { body, etag: `v${changes}`, modified: Math.floor(now() / 1000) * 1000 })
    changes += 1
  }

  function seed(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      for (let up = parentOf(path); up !== ''; up = parentOf(up)) nodes.set(up, 'folder')
      put(path, typeof content === 'string' ? new Blob([content]) : content)
    }
  }

  function within(path: string): string[] {
    return [...nodes.keys()].filter((other) => other === path || other.startsWith(`${path}/`))
  }

  function drop(path: string): void {
    for (const other of within(path)) nodes.delete(other)
  }

  function entryAt(path: string): Entry | undefined {
    const node = path === '' ? 'folder' : nodes.get(path)
    if (node === undefined) return undefined
    if (node === 'folder') return { path, kind: 'folder', size: 0 }
    const { body, etag, modified } = node
    return { path, kind: 'file', size: body.size, ...(hasEtags && { etag }), modified }
  }

  function demandPlaceFor(path: string): void {
    if (isUnsafePath(path)) throw new Failed({ kind: 'not-found', path })
    demandFolder(parentOf(path))
  }

  function demandFolder(path: string): void {
    if (entryAt(path)?.kind !== 'folder') throw new Failed({ kind: 'not-found', path })
  }

  function move(from: string, to: string, overwrite: boolean): void {
    if (!nodes.has(from)) throw new Failed({ kind: 'not-found', path: from })
    demandPlaceFor(to)
    if (nodes.has(to) && !overwrite) throw new Failed({ kind: 'conflict', path: to })
    const moving = within(from).map(
      (path) => [to + path.slice(from.length), nodes.get(path)] as const,
    )
    drop(to)
    drop(from)
    for (const [path, node] of moving) if (node) nodes.set(path, node)
  }

  function read(path: string, range?: ByteRange): RemoteBody {
    const node = nodes.get(path)
    if (node === undefined || node === 'folder') throw new Failed({ kind: 'not-found', path })
    if (!range || !hasRanges) return { blob: node.body, isPartial: false }
    if (range.from >= node.body.size) throw new Failed({ kind: 'changed', path })
    return { blob: node.body.slice(range.from, range.to), isPartial: true }
  }

  // The way of every request: it is noted, others come first, it may be told to fail, and its answer may be lost.
  async function answer<T>(call: RemoteCall & Cancellable, act: (order: Order) => T): Promise<T> {
    const { signal, ...noted } = call
    await Promise.resolve()
    signal?.throwIfAborted()
    calls.push(noted)
    deeds.get(call.method)?.shift()?.()
    if (!isOnline) throw new Failed({ kind: 'offline' })
    const order = orders.get(call.method)?.shift() ?? {}
    if (order.before) throw new Failed(order.before)
    const result = act(order)
    if (order.after) throw new Failed(order.after)
    return result
  }

  function instruct(method: RemoteMethod, order: Order): void {
    orders.set(method, [...(orders.get(method) ?? []), order])
  }

  function below(folder: string): Entry[] {
    const start = folder === '' ? '' : `${folder}/`
    const isTold = (path: string) =>
      path.startsWith(start) && (deep === 'true' || !path.slice(start.length).includes('/'))
    const paths = [...nodes.keys()].filter(isTold).sort()
    return paths.map(entryAt).filter((entry) => entry !== undefined)
  }

  const looking: Pick<Remote, 'list' | 'listDeep' | 'stat' | 'read' | 'serverTime'> = {
    serverTime: () => undefined,
    list: (folder, { signal } = {}) =>
      answer({ method: 'list', path: folder, signal }, () => {
        demandFolder(folder)
        const paths = [...nodes.keys()].filter((path) => parentOf(path) === folder).sort()
        return paths.map(entryAt).filter((entry) => entry !== undefined)
      }),
    listDeep: (folder, { signal } = {}) =>
      answer({ method: 'listDeep', path: folder, signal }, () => {
        if (deep === 'refused') return undefined
        demandFolder(folder)
        return below(folder)
      }),
    stat: (path, { signal } = {}) => answer({ method: 'stat', path, signal }, () => entryAt(path)),
    read: (path, { signal, range } = {}) =>
      answer({ method: 'read', path, signal }, () => read(path, range)),
  }

  const changing: Omit<Remote, keyof typeof looking> = {
    write: (path, body, { signal, onSent } = {}) =>
      answer({ method: 'write', path, signal }, ({ keptBytes = body.size }) => {
        demandPlaceFor(path)
        if (nodes.get(path) === 'folder') throw new Failed({ kind: 'conflict', path })
        put(path, body.slice(0, keptBytes))
        onSent?.(keptBytes)
      }),
    makeFolder: (path, { signal } = {}) =>
      answer({ method: 'makeFolder', path, signal }, () => {
        if (entryAt(path)) return
        demandPlaceFor(path)
        nodes.set(path, 'folder')
      }),
    move: (from, to, { signal, overwrite = false } = {}) =>
      answer({ method: 'move', path: from, to, signal }, () => {
        move(from, to, overwrite)
      }),
    remove: (path, { signal } = {}) =>
      answer({ method: 'remove', path, signal }, () => {
        drop(path)
      }),
  }

  const refuse = ({ signal }: Cancellable, call: RemoteCall) =>
    answer({ ...call, signal }, () => {
      throw new Failed({ kind: 'forbidden' })
    })

  seed(options.files ?? {})

  return {
    ...looking,
    ...changing,
    reader: {
      ...looking,
      write: (path, _body, options = {}) => refuse(options, { method: 'write', path }),
      makeFolder: (path, options = {}) => refuse(options, { method: 'makeFolder', path }),
      move: (path, to, options = {}) => refuse(options, { method: 'move', path, to }),
      remove: (path, options = {}) => refuse(options, { method: 'remove', path }),
    },
    calls,
    seed,
    drop,
    async tree() {
      const texts = [...nodes].flatMap(([path, node]) =>
        node === 'folder' ? [] : [node.body.text().then((text) => [path, text] as const)],
      )
      return Object.fromEntries(await Promise.all(texts))
    },
    paths: () => [...nodes].map(([path, node]) => (node === 'folder' ? `${path}/` : path)).sort(),
    failNext(method, failure) {
      instruct(method, { before: failure })
    },
    loseAnswerNext(method) {
      instruct(method, { after: { kind: 'unreachable' } })
    },
    cutNextWrite(keptBytes) {
      instruct('write', { after: { kind: 'unreachable' }, keptBytes })
    },
    beforeNext(method, deed) {
      deeds.set(method, [...(deeds.get(method) ?? []), deed])
    },
    goOffline() {
      isOnline = false
    },
    goOnline() {
      isOnline = true
    },
  }
}
