import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import type { Day } from '../../src/domain/day.ts'
import type { Catalogue, Remote } from '../../src/sync/ports.ts'
import { openDevice, type DeviceOptions } from '../doubles/congregation.ts'
import { m3Client, type M3Options } from '../doubles/m3-client.ts'
import { basic } from '../fixtures/embedded.ts'
import { canStart, servers } from '../fixtures/servers/all.ts'
import { folderServers, type ServerName } from '../fixtures/servers/names.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'

/** The servers of this machine on which stories of the congregation are told. */
export const tellableServers = folderServers.filter(canStart)

/** A Saturday; the congregation meets on Wednesdays and Saturdays. */
export const today: Day = '2026-11-21'
export const wednesday: Day = '2026-11-25'
export const saturday: Day = '2026-11-28'

/** A fresh sync folder on a real server, and those who use it. */
export async function sharedFolder(server: WebdavServer) {
  const { url: origin, vo } = server
  const name = `congregation ${randomUUID()}`
  const everything = { origin, user: vo.user, folder: server.folder }
  await webdavRemote({ connection: everything, password: vo.password }).makeFolder(name)
  const folder = `${server.folder}${name}/`
  const wire = webdavRemote({
    connection: { origin, user: vo.user, folder },
    password: vo.password,
  })
  // These stories have a calendar of their own; to a server with another one a device says that its clock is wrong.
  const remote: Remote = { ...wire, serverTime: () => undefined }
  const address = `${origin}${folder.split('/').map(encodeURIComponent).join('/')}`

  const dir = join(server.dir, name)

  return {
    remote,
    address,
    authorization: basic(vo),
    /** The folder on the server's disk. */
    dir,

    lectern: (id: string, options: Partial<DeviceOptions> & { catalogue?: Catalogue } = {}) =>
      openDevice({ id, today, remote, ...options }),

    m3: (options: Partial<M3Options> = {}) =>
      m3Client({ folder: address, user: vo.user, password: vo.password, today, ...options }),

    /** Somebody puts a file there with another tool. */
    put: (path: string, text: string) => server.put(`${name}/${path}`, text),

    /** Every file's text by its path, as it lies on the server's disk. */
    async tree(): Promise<Record<string, string>> {
      const all = await readdir(dir, { recursive: true, withFileTypes: true })
      const files = all
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
      const texts = files.map(
        async (path) => [relative(dir, path), await readFile(path, 'utf8')] as const,
      )
      return Object.fromEntries((await Promise.all(texts)).sort())
    },
  }
}

export type SharedFolder = Awaited<ReturnType<typeof sharedFolder>>

/** Starts a server by its name; the caller closes it. */
export function startServer(name: ServerName): Promise<WebdavServer> {
  return servers[name].start()
}
