// The servers that the contract speaks to from a real browser: started beside it, for whatever origin it has.
import type { TestProject } from 'vitest/node'
import { canStart, servers } from '../fixtures/servers/all.ts'
import { serverNames } from '../fixtures/servers/names.ts'
import type { ServerFacts } from './remote-stand.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    servers: readonly ServerFacts[]
  }
}

export default async function startServers({ provide }: TestProject): Promise<() => Promise<void>> {
  const running = await Promise.all(
    serverNames.filter(canStart).map((name) => servers[name].start({ origin: '*' })),
  )
  provide(
    'servers',
    running.map(({ name, url, folder, vo, reader }) => ({ name, url, folder, vo, reader })),
  )
  return async () => {
    await Promise.all(running.map((server) => server.close()))
  }
}
