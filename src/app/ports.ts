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
import { readJworg } from '../adapters/jworg/read.ts'
import { pageSecrets } from '../adapters/secrets/page-secrets.ts'
import { browserSecrets } from '../adapters/secrets/secrets.ts'
import { messageWorker } from '../adapters/worker/worker.ts'
import { systemClock } from '../sync/clock.ts'
import { connectedRemote } from '../sync/connect.ts'
import type { Task, TaskOptions } from '../sync/steps.ts'
import { loadConfig } from './config.ts'
import type { Catalogue } from '../sync/ports.ts'
import { trustedScript, workerUrl } from './trusted-urls.ts'

const store = idbStore()
const secrets = pageSecrets(browserSecrets())
const config = await loadConfig()
let jworg: Promise<Catalogue> | undefined
const catalogue: Catalogue = {
  week: async (...asked) => (await (jworg ??= openCatalogue())).week(...asked),
  read: readJworg,
}

// The WebDAV library is half of all code: it comes when a sync folder is first spoken to.
async function webdav() {
  return (await import('../adapters/webdav/remote.ts')).webdavRemote
}

async function webdavProbe() {
  return (await import('../adapters/webdav/probe.ts')).webdavProbe
}

// Publications are read by much code: it comes when the programme of a week is first asked for.
async function openCatalogue(): Promise<Catalogue> {
  const [{ jworgCatalogue }, { mediaService, publicAddress }, { pagePublicationReader }] =
    await Promise.all([
      import('../sync/catalogue/catalogue.ts'),
      import('../adapters/jworg/media-service.ts'),
      import('../adapters/jwpub/page-reader.ts'),
    ])
  const service = mediaService(new URL(config.jworg ?? publicAddress, location.origin).href)
  return jworgCatalogue({
    service,
    reader: pagePublicationReader({ trust: trustedScript }),
    readFile: readJworg,
    clock: systemClock,
  })
}

async function remoteOf(profile: string) {
  return connectedRemote({ store, secrets, webdavRemote: await webdav() }, profile)
}

// Without a service worker this page carries the steps out itself; else their code never comes here.
async function runHere(task: Task, options?: TaskOptions) {
  const { carryOut } = await import('../sync/steps.ts')
  const remote = await remoteOf(task.profile)
  return carryOut({ store, catalogue, clock: systemClock, remote }, task, options)
}

export const ports = {
  store,
  secrets,
  catalogue,
  config,
  clock: systemClock,
  webdav,
  webdavProbe,
  remoteOf,
  onStoreChange,
  workbox: 'serviceWorker' in navigator ? new Workbox(workerUrl) : undefined,
  worker: messageWorker({
    clock: systemClock,
    active: () => navigator.serviceWorker.controller ?? undefined,
    here: { run: runHere },
    passwordFor: (profile) => secrets.heldPassword(profile),
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
