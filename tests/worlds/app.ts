import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import { Failed } from '../../src/domain/failure.ts'
import type { Catalogue, Clock, Connection, Store } from '../../src/sync/ports.ts'
import { carryOut } from '../../src/sync/steps.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import type { MemoryFolder } from '../doubles/memory-folder.ts'
import { mortalFolder, mortalStore, type Life } from './life.ts'
import type { Turns } from './turns.ts'

/** What a device is made of. */
type Device = {
  readonly id: string
  readonly server: FaultyServer
  readonly connection: Connection
  readonly store: Store
  readonly folder: MemoryFolder
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly isOnline: () => boolean
  readonly turns: Turns
  /** Hears of every promise that was broken on the way. */
  readonly onBroken: (text: string) => void
}

/** The ports of the app on a device, for one life of it. */
export function startApp(life: Life, device: Device) {
  const { connection, clock } = device
  const remote = webdavRemote({ connection, password: 'password', fetch: lineOf(life, device) })
  const store = mortalStore(device.store, life)
  const ports = { store, clock, catalogue: catalogueFor(life, device) }
  const worker = { run: carryOut.bind(undefined, { ...ports, remote }) }
  const connect = () => Promise.resolve(remote)
  return { ...ports, worker, connect, folder: mortalFolder(device.folder, life) }
}

// JW.org, as far as there is a network.
function catalogueFor(life: Life, { catalogue, isOnline }: Device): Catalogue {
  const step = () => {
    life.step()
    if (!isOnline()) throw new Failed({ kind: 'unreachable' })
  }
  return {
    async week(...asked) {
      step()
      return catalogue.week(...asked)
    },
    async read(...asked) {
      step()
      return catalogue.read(...asked)
    },
  }
}

// The way to the server, which listens to what a locked-out app still asks for.
function lineOf(life: Life, { id, server, isOnline, turns, onBroken }: Device): typeof fetch {
  let isLockedOut = false
  let isChangeRefused = false
  let askedSince = 0
  return async (input, init) => {
    life.step()
    if (!isOnline()) throw new TypeError('Failed to fetch')
    if (isLockedOut) askedSince += 1
    // Where a change was refused so, one question more tells a reader from a wrong password.
    if (askedSince === (isChangeRefused ? 2 : 1)) onBroken(`${id} kept asking after a 401`)
    const answer = await turns.request(id, () => {
      life.check()
      return server.fetch(input, init)
    })
    const isLook = init?.method === 'PROPFIND' || init?.method === 'GET'
    isLockedOut ||= answer.status === 401 && isLook
    isChangeRefused ||= answer.status === 401 && !isLook
    life.step()
    return answer
  }
}
