/// <reference lib="webworker" />
// Wires the service worker: the app's files, stored media, what other apps share, and the page's tasks.
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { idbStore } from '../adapters/idb/store.ts'
import { jworgLine } from '../adapters/jworg/line.ts'
import { readJworg } from '../adapters/jworg/read.ts'
import { jworgRelay } from '../adapters/jworg/relay.ts'
import { browserSecrets } from '../adapters/secrets/secrets.ts'
import { webdavRemote } from '../adapters/webdav/remote.ts'
import { systemClock } from '../sync/clock.ts'
import { connectedRemote } from '../sync/connect.ts'
import type { Catalogue } from '../sync/ports.ts'
import { relayAccount } from '../sync/relay-account.ts'
import { waysOf } from '../sync/ways.ts'
import { isMediaUrl, serveMedia } from './media-route.ts'
import { isShare, receiveShare } from './share.ts'
import { taskListener, type Told } from './steps.ts'
import { takeOverWhenAsked } from './take-over.ts'
import { isUsedCodeUrl, serveUsedCode } from './used-code.ts'

declare const self: ServiceWorkerGlobalScope

const store = idbStore()
const secrets = browserSecrets()
const refusedLogins = new Set<string>()

cleanupOutdatedCaches()
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isMediaUrl(url),
  ({ request }) => serveMedia(store, request),
)
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isUsedCodeUrl(url),
  async ({ request }) => serveUsedCode(await caches.open('lectern-used-code'), request),
)
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isShare(url),
  ({ request }) => receiveShare({ store, clock: systemClock }, request),
  'POST',
)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(?:dav|sample|upstream|jworg|media|config\.json)(?:\/|$)/],
  }),
)

self.addEventListener(
  'message',
  taskListener({
    portsFor: async (profile, told) => ({
      store,
      catalogue: catalogueFor(profile, told),
      clock: systemClock,
      remote: await connectedRemote({ store, secrets, webdavRemote }, profile, told.password),
    }),
    isOpen: async (page) => (await self.clients.get(page)) !== undefined,
  }),
)
function catalogueFor(profile: string, { password, relay: place }: Told): Pick<Catalogue, 'read'> {
  const send = jworgLine({
    relay:
      place &&
      jworgRelay({
        address: place.address,
        refused: refusedLogins,
        account: () => relayAccount({ store, secrets }, { profile, place, password }),
      }),
    ways: waysOf({ store, clock: systemClock }, profile),
    now: () => systemClock.now(),
  })
  return { read: (url, options) => readJworg(url, options, send) }
}

self.addEventListener('message', takeOverWhenAsked(self))
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})
