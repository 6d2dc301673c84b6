import { fieldsOf, type Address, type AddressFields } from './address.ts'

/** What is known about reaching a provider from a web page of another address. */
type InBrowser = 'works' | 'needs-relay' | 'unknown'

/** A known WebDAV host, or a kind of them. */
export type Provider = {
  readonly key:
    | 'box'
    | 'koofr'
    | '4shared'
    | 'powerfolder'
    | 'nextcloud'
    | 'webdav'
    | 'this-computer'
    | 'own-server'
  /** A proper noun; where it is missing, the screen has the words. */
  readonly name?: string
  readonly prefills: AddressFields
  /** The provider's own page about passwords made for one app. */
  readonly appPasswords?: string
  readonly inBrowser: InBrowser
}

/** A folder of another server that the app's own server passes requests on to; `folder` has '/' at both ends. */
type Upstream = { readonly name: string; readonly folder: string }

/** The server the app comes from; `dav` is the sync folder it has itself, absent on static hosts. */
export type OwnServer = {
  readonly origin: string
  readonly dav?: string | undefined
  readonly upstreams?: readonly Upstream[] | undefined
}

const nothing: AddressFields = { webAddress: '', port: '', folder: '' }

// Addresses: the list of M³ 22.8 to 24.4. Of hosted providers none is known to let web pages of other addresses in.
const known = [
  {
    key: 'box',
    name: 'Box',
    prefills: { webAddress: 'https://webdav.box.com', port: '443', folder: '/dav/' },
    appPasswords: 'https://support.box.com/hc/en-us/articles/360043696414-WebDAV-with-Box',
    // keeweb/keeweb#213: OPTIONS wanted a password and there was no CORS header (2016, then dav.box.com).
    inBrowser: 'needs-relay',
  },
  {
    key: 'koofr',
    name: 'Koofr',
    prefills: { webAddress: 'https://app.koofr.net', port: '443', folder: '/dav/Koofr/' },
    appPasswords:
      'https://koofr.eu/help/koofr_with_webdav/which-password-to-use-when-connecting-via-webdav/',
    // icidasset/diffuse#402: Koofr itself, asked for CORS, points to its own API (2024); readest/readest#4810 (2026).
    inBrowser: 'needs-relay',
  },
  {
    key: '4shared',
    name: '4shared',
    prefills: { webAddress: 'https://webdav.4shared.com', port: '443', folder: '/' },
    // No report either way. M³ had a CORS header for it put in by Electron, and switched that off again (2022).
    inBrowser: 'unknown',
  },
  {
    key: 'powerfolder',
    name: 'PowerFolder',
    prefills: { webAddress: 'https://my.powerfolder.com', port: '443', folder: '/webdav/' },
    // No report either way.
    inBrowser: 'unknown',
  },
  {
    key: 'nextcloud',
    name: 'Nextcloud',
    prefills: nothing,
    // nextcloud/server#3131 (open): not by itself; with the app WebAppPassword, which the administrator sets up.
    inBrowser: 'unknown',
  },
  // Apache, nginx, Caddy and rclone: as docs/servers sets them up, proven by tests/contract/remote-servers.browser.test.ts.
  { key: 'webdav', prefills: nothing, inBrowser: 'unknown' },
] as const satisfies readonly Provider[]

/** The providers that people are offered, in the order of the list. */
export function providersFor(own: OwnServer): readonly Provider[] {
  return [...known, lecternsOwn(own)]
}

// Our own server lets every address in (server/cors.ts; proven by tests/contract/remote-servers.browser.test.ts).
function lecternsOwn({ origin, dav }: OwnServer): Provider {
  const address = dav === undefined ? besideTheBrowser : { origin, folder: dav }
  // Without HTTPS only this very computer is spoken to.
  const isHere = address.origin.startsWith('http:')
  const key = isHere ? 'this-computer' : 'own-server'
  return { key, prefills: fieldsOf(address), inBrowser: 'works' }
}

// What `npm start` takes where nothing else is said.
const besideTheBrowser: Address = { origin: 'http://localhost:8095', folder: '/dav/' }

/**
 * The address to use in place of a provider's own: that of the app's server, where it passes requests on under the
 * provider's key. What lies at its top depends on how that server was started.
 */
export function relayOf(target: Provider | Address, own: OwnServer): Address | undefined {
  const provider = 'key' in target ? target : providerAt(target)
  const upstream = own.upstreams?.find(({ name }) => name === provider?.key)
  return upstream && { origin: own.origin, folder: upstream.folder }
}

function providerAt({ origin }: Address): Provider | undefined {
  return known.find(({ prefills }) => prefills.webAddress === origin)
}

/** One line of the list of providers: what choosing it fills in. `name` is missing where the screen has the words. */
export type Offer = Pick<Provider, 'prefills' | 'appPasswords' | 'name'> & {
  readonly key: Provider['key'] | 'relay'
  readonly inBrowser: InBrowser | 'relayed'
}

/** All that people are offered: the providers, relayed where the app's server does that, and its other relays. */
export function offersOf(own: OwnServer): readonly Offer[] {
  const providers = providersFor(own)
  const keys: readonly string[] = providers.map(({ key }) => key)
  const others = (own.upstreams ?? []).filter(({ name }) => !keys.includes(name))
  return [
    ...providers.map((provider) => relayed(provider, own)),
    ...others.map((upstream) => relayOnly(upstream, own)),
  ]
}

function relayed(provider: Provider, own: OwnServer): Offer {
  const relay = relayOf(provider, own)
  return relay ? { ...provider, prefills: fieldsOf(relay), inBrowser: 'relayed' } : provider
}

function relayOnly({ name, folder }: Upstream, { origin }: OwnServer): Offer {
  return { key: 'relay', name, prefills: fieldsOf({ origin, folder }), inBrowser: 'relayed' }
}
