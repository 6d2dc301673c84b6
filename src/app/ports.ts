// The composition root: the only file of the page that knows who stands behind the ports.
import { Workbox } from 'workbox-window'
import {
  askPermission,
  canChooseFolder,
  chooseFolder,
  permissionOf,
} from '../adapters/folder/permission.ts'
import { fileSystemFolder } from '../adapters/folder/folder.ts'
import { onStoreChange } from '../adapters/idb/changes.ts'
import { folderHandles } from '../adapters/idb/handles.ts'
import { idbStore } from '../adapters/idb/store.ts'
import { pageSecrets } from '../adapters/secrets/page-secrets.ts'
import { browserSecrets } from '../adapters/secrets/secrets.ts'
import { messageWorker } from '../adapters/worker/worker.ts'
import { bring } from '../sync/bring.ts'
import { systemClock } from '../sync/clock.ts'
import { connectedRemote } from '../sync/connect.ts'
import type { Bundle } from '../sync/bundle/ports.ts'
import type { Inspector } from '../sync/readiness/ports.ts'
import type { Converter, Converters } from '../sync/convert/ports.ts'
import type { Task, TaskOptions } from '../sync/steps.ts'
import type { JworgTrial } from '../sync/doctor/try-jworg.ts'
import type { Catalogue, PlaylistReader, PublicationReader, Ways } from '../sync/ports.ts'
import { loadConfig, mediaServiceFor, relayOf } from './config.ts'
import { trustedScript, workerUrl } from './trusted-urls.ts'

const store = idbStore()
const secrets = pageSecrets(browserSecrets())
const config = await loadConfig()
const relay = relayOf(config)
const refusedLogins = new Set<string>()
let reader: (PublicationReader & PlaylistReader) | undefined

// The WebDAV library is half of all code: it comes when a sync folder is first spoken to.
async function webdav() {
  return (await import('../adapters/webdav/remote.ts')).webdavRemote
}

async function webdavProbe() {
  return (await import('../adapters/webdav/probe.ts')).webdavProbe
}

// What speaks to JW.org comes when a profile first asks it.
async function openJworg(profile: string, learned: (ways: Ways) => Ways = (ways) => ways) {
  const [{ jworgLine }, { jworgRelay }, { jworgServices }, { waysOf }, account] = await Promise.all(
    [
      import('../adapters/jworg/line.ts'),
      import('../adapters/jworg/relay.ts'),
      import('../adapters/jworg/services.ts'),
      import('../sync/ways.ts'),
      import('../sync/relay-account.ts'),
    ],
  )
  const send = jworgLine({
    relay:
      relay &&
      jworgRelay({
        address: relay.address,
        refused: refusedLogins,
        account: () => account.relayAccount({ store, secrets }, { profile, place: relay }),
      }),
    ways: learned(waysOf({ store, clock: systemClock }, profile)),
    now: () => systemClock.now(),
  })
  const connection = (await store.profiles()).find(({ id }) => id === profile)?.connection
  return { send, ...jworgServices(send, mediaServiceFor(config, connection)) }
}

// Publications are read by much code: it comes when the programme of a week is first asked for.
async function openCatalogue(profile: string): Promise<Catalogue> {
  const [{ send, service }, { jworgCatalogue }, { readJworg }] = await Promise.all([
    openJworg(profile),
    import('../sync/catalogue/catalogue.ts'),
    import('../adapters/jworg/read.ts'),
  ])
  const reader: PublicationReader = {
    open: async (...asked) => (await publicationReader()).open(...asked),
  }
  const readFile: Catalogue['read'] = (url, options) => readJworg(url, options, send)
  return jworgCatalogue({ service, reader, readFile, clock: systemClock })
}

// One for all: it ends its worker when nothing has been open for a while.
async function publicationReader(): Promise<PublicationReader & PlaylistReader> {
  const { pagePublicationReader } = await import('../adapters/jwpub/page-reader.ts')
  return (reader ??= pagePublicationReader({ trust: trustedScript }))
}

// One for each run: it reads once what is known of the ways to JW.org.
function catalogueOf(profile: string): Catalogue {
  let opening: Promise<Catalogue> | undefined
  const open = () => (opening ??= bring(() => openCatalogue(profile)))
  return {
    week: async (...asked) => (await open()).week(...asked),
    read: async (...asked) => (await open()).read(...asked),
  }
}

// What converts is much code that few need.
async function converters(): Promise<Converters> {
  const { pageConverters } = await import('../adapters/convert/converters.ts')
  return pageConverters({ trust: trustedScript })
}

// Films are made where a congregation wants nothing else.
async function outgoing(): Promise<readonly Converter[]> {
  return (await import('../adapters/convert/films.ts')).films
}

async function jworgTrial(profile: string): Promise<JworgTrial> {
  const [{ send, service }, { peekJworg }] = await Promise.all([
    openJworg(profile, (ways) => ({ ...ways, known: () => Promise.resolve({}) })),
    import('../adapters/jworg/peek.ts'),
  ])
  return { service, peek: (url, { signal }) => peekJworg(url, { send, signal }) }
}

async function remoteOf(profile: string) {
  return connectedRemote({ store, secrets, webdavRemote: await webdav() }, profile)
}

async function bundle(): Promise<Bundle> {
  return (await import('../adapters/bundle/zip.ts')).zipBundle()
}

async function inspector(): Promise<Inspector> {
  return (await import('../adapters/inspect/inspector.ts')).pageInspector()
}

// Without a service worker this page carries the steps out itself; else their code never comes here.
async function runHere(task: Task, options?: TaskOptions) {
  const { carryOut } = await import('../sync/steps.ts')
  const remote = await remoteOf(task.profile)
  const catalogue = catalogueOf(task.profile)
  return carryOut({ store, catalogue, clock: systemClock, remote }, task, options)
}

export const ports = {
  store,
  secrets,
  catalogueOf,
  openJworg,
  jworgTrial,
  publicationReader,
  converters,
  outgoing,
  relay,
  config,
  clock: systemClock,
  webdav,
  webdavProbe,
  bundle,
  inspector,
  remoteOf,
  onStoreChange,
  workbox: 'serviceWorker' in navigator ? new Workbox(workerUrl) : undefined,
  worker: messageWorker({
    clock: systemClock,
    active: () => navigator.serviceWorker.controller ?? undefined,
    here: { run: runHere },
    passwordFor: (profile) => secrets.heldPassword(profile),
    relay,
  }),
  folders: {
    ...folderHandles(),
    canChoose: canChooseFolder,
    choose: chooseFolder,
    permissionOf,
    askPermission,
    open: fileSystemFolder,
  },
}

export type Ports = typeof ports
