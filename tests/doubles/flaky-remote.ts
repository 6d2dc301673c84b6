import { Failed } from '../../src/domain/failure.ts'
import type { Remote } from '../../src/sync/ports.ts'

/** A line that breaks at one request: before the server sees it, or after it took effect. */
export type Break = { readonly at: number; readonly when: 'before' | 'after' }

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

/** A remote whose n-th request fails as 'unreachable'; `count` tells how many were made. */
export function flakyRemote(
  remote: Remote,
  { at, when }: Break,
): Remote & { readonly count: number } {
  let count = 0
  async function through<T>(request: () => Promise<T>): Promise<T> {
    count += 1
    if (count !== at) return request()
    if (when === 'after') await request()
    throw new Failed({ kind: 'unreachable' })
  }
  const flaky = Object.fromEntries(
    methods.map((method) => [
      method,
      (...args: unknown[]) =>
        through(() => (remote[method] as (...all: unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as unknown as Remote
  flaky.serverTime = () => remote.serverTime()
  return Object.defineProperty(flaky, 'count', { get: () => count }) as Remote & { count: number }
}
