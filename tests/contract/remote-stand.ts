import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import type { Remote } from '../../src/sync/ports.ts'
import type { Account, WebdavServer } from '../fixtures/servers/webdav-server.ts'
import type { Lack, RemoteStand } from './remote-scene.ts'

/** What a browser has to know of a server. */
export type ServerFacts = Pick<WebdavServer, 'name' | 'url' | 'folder' | 'vo' | 'reader'>

/** What is missing in a server, though WebDAV foresees it. */
const lacks: Readonly<Record<WebdavServer['name'], readonly Lack[]>> = {
  embedded: [],
  apache: ['deep listings'],
  nginx: ['deep listings', 'ETags', 'dotfiles', 'refusal of missing folders'],
  rclone: [],
  caddy: [],
}

/** A fresh folder on a server, as its two accounts see it. */
export async function standOn(server: ServerFacts): Promise<RemoteStand> {
  const name = `congregation ${crypto.randomUUID()}`
  await remoteOf(server, server.vo).makeFolder(name)
  const own = { ...server, folder: `${server.folder}${name}/` }
  return {
    remote: remoteOf(own, own.vo),
    reader: remoteOf(own, own.reader),
    lacks: lacks[server.name],
  }
}

function remoteOf({ url, folder }: ServerFacts, { user, password }: Account): Remote {
  return webdavRemote({ connection: { origin: url, user, folder }, password })
}
