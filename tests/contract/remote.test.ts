import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { startEmbedded } from '../fixtures/embedded.ts'
import { remoteContract } from './remote-contract.ts'

remoteContract('memory', async () => {
  const remote = memoryRemote()
  return { remote, reader: remote.reader }
})

const guest = { user: 'hall', password: 'only looking' }
let server: Awaited<ReturnType<typeof startEmbedded>>

beforeAll(async () => {
  server = await startEmbedded({ readers: [guest] })
})

afterAll(() => server.close())

remoteContract('the embedded server', async () => {
  const { origin, pathname } = new URL(server.davUrl)
  const { user, password } = server
  const all = webdavRemote({ connection: { origin, user, folder: pathname }, password })
  const name = `congregation ${randomUUID()}`
  await all.makeFolder(name)
  const folder = `${pathname}${name}/`
  return {
    remote: webdavRemote({ connection: { origin, user, folder }, password }),
    reader: webdavRemote({
      connection: { origin, user: guest.user, folder },
      password: guest.password,
    }),
  }
})
