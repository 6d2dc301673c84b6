import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { addDays, dayOf, type Day } from '../../src/domain/day.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startSlowProxy, type SlowProxy } from '../fixtures/slow-proxy.ts'

/** A congregation whose server the browsers reach over a line that the test holds in its hand. */
export type Hall = {
  /** The server as the browsers know it: at the line's address. */
  readonly server: Embedded
  readonly line: SlowProxy
  /** A file in the sync folder's own directory: whatever others do with it, by whatever means. */
  put(path: string, body: Buffer): Promise<void>
  remove(path: string): Promise<void>
  /** The same server with another password. */
  restart(password: string): Promise<void>
  close(): Promise<void>
}

/** A day that every update covers. */
export const soon: Day = addDays(dayOf(new Date()), 2)

export const mebibyte = 1024 * 1024

/** Bytes that no two files share. */
export function film(size: number): Buffer {
  return randomBytes(size)
}

export async function openHall(): Promise<Hall> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-hall-'))
  let server = await startEmbedded({ dataDir })
  const line = await startSlowProxy(server.url)
  const inFolder = (path: string) => join(dataDir, 'dav', path)
  return {
    server: { ...server, url: line.url, davUrl: `${line.url}/dav/` },
    line,
    async put(path, body) {
      await mkdir(dirname(inFolder(path)), { recursive: true })
      await writeFile(inFolder(path), body)
    },
    remove: (path) => rm(inFolder(path), { recursive: true }),
    async restart(password) {
      const port = Number(new URL(server.url).port)
      await server.close()
      server = await startEmbedded({ dataDir, port, password })
    },
    async close() {
      await line.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
