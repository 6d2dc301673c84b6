import { startEmbedded } from '../fixtures/embedded.ts'
import { servers } from '../fixtures/servers/all.ts'
import type { ServerName } from '../fixtures/servers/names.ts'
import { startProxy, startSameOrigin, type Proxy } from '../fixtures/servers/proxy.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'
import { isOfProgramme, sampleLinks } from './programme.ts'

/** Where a congregation has its sync folder, as the browser sees it. */
export type Way = 'beside the app' | 'at another address'

/** The app with the sample programme, and a sync folder on a server of some make. */
export type Stand = {
  /** Where people open the app, without '/' at its end. */
  readonly app: string
  /** The sync folder's address as people know it, without '/' at its end. */
  readonly url: string
  readonly dav: WebdavServer
  /** What the sync folder was asked since `forget`; preflights, which browsers send as they see fit, left out. */
  asked(): Proxy['requests']
  /** The paths of the programme's media that were fetched since `forget`. */
  fetchedOfProgramme(): string[]
  forget(): void
  close(): Promise<void>
}

const nobody = 'https://nobody.example'

/** Starts a server of that make with an empty folder, and the app. */
export async function openStand(name: ServerName, way: Way): Promise<Stand> {
  const app = await startEmbedded({ sample: true, jworg: sampleLinks })
  const isBeside = way === 'beside the app'
  const dav = await servers[name].start({ origin: isBeside ? nobody : app.url })
  // At another address it only counts: what lets the app in is the server's own recipe.
  const front = await (isBeside
    ? startSameOrigin({ app: app.url, dav })
    : startProxy({ upstream: () => dav.url }))
  return {
    app: isBeside ? front.url : app.url,
    url: front.url,
    dav,
    asked: () =>
      front.requests.filter(
        ({ method, path }) => path.startsWith(dav.folder) && method !== 'OPTIONS',
      ),
    fetchedOfProgramme: () => app.requests.map(({ path }) => path).filter(isOfProgramme),
    forget() {
      front.requests.length = 0
      app.requests.length = 0
    },
    async close() {
      for (const one of [front, dav, app]) await one.close()
    },
  }
}
