// The servers that the connection doctor is tried on from a real browser.
import type { TestProject } from 'vitest/node'
import { startBrokenServers, type BrokenServer } from '../fixtures/broken-servers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    brokenServers: readonly BrokenServer[]
  }
}

export default async function startServers({ provide }: TestProject): Promise<() => Promise<void>> {
  const { servers, close } = await startBrokenServers()
  provide('brokenServers', servers)
  return close
}
