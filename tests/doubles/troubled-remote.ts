import { Failed, type Failure } from '../../src/domain/failure.ts'
import type { Remote } from '../../src/sync/ports.ts'

/** What goes wrong with a request, before the server sees it or after it took effect; a crash ends the whole run. */
export type Fault = { readonly fails: Failure | 'crash'; readonly when: 'before' | 'after' }

export type TroubledRemote = Remote & {
  /** How many requests were made so far. */
  readonly count: number
  /** After a crash every request fails until the app is started again. */
  restart(): void
}

type Troubles = {
  /** By the number of the request, from 1. */
  readonly faults?: Readonly<Record<number, Fault>>
  /** What others do, or a test looks at, right before a request. */
  readonly before?: (count: number) => Promise<void>
}

const methods = [
  'list',
  'listDeep',
  'stat',
  'read',
  'write',
  'makeFolder',
  'move',
  'remove',
] as const

/** A remote whose requests fail as a test orders it by their numbers. */
export function troubledRemote(remote: Remote, { faults = {}, before }: Troubles): TroubledRemote {
  let count = 0
  let isDown = false

  async function through<T>(request: () => Promise<T>): Promise<T> {
    if (isDown) throw new Error('the app is gone')
    count += 1
    const fault = faults[count]
    await before?.(count)
    if (fault?.when === 'before') fail(fault)
    const answer = await request()
    if (fault) fail(fault)
    return answer
  }

  function fail({ fails }: Fault): never {
    if (fails !== 'crash') throw new Failed(fails)
    isDown = true
    throw new Error('the app was closed')
  }

  const troubled = Object.fromEntries(
    methods.map((method) => [
      method,
      (...args: unknown[]) =>
        through(() => (remote[method] as (...all: unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as unknown as Omit<Remote, 'serverTime'>
  const restart = () => {
    isDown = false
  }
  return Object.defineProperty(
    { ...troubled, serverTime: () => remote.serverTime(), restart },
    'count',
    {
      get: () => count,
    },
  ) as TroubledRemote
}
