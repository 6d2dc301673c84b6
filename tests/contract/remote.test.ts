import { afterAll, beforeAll, describe } from 'vitest'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { canStart, servers } from '../fixtures/servers/all.ts'
import { serverNames } from '../fixtures/servers/names.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'
import { remoteContract } from './remote-contract.ts'
import { standOn } from './remote-stand.ts'

describe('with deep listings', () => {
  remoteContract('memory', async () => {
    const remote = memoryRemote({ deep: 'true' })
    return { remote, reader: remote.reader, lacks: [] }
  })
})

describe('without them', () => {
  remoteContract('memory', async () => {
    const remote = memoryRemote()
    return { remote, reader: remote.reader, lacks: ['deep listings'] }
  })
})

describe.each(serverNames)('%s', (name) => {
  describe.skipIf(!canStart(name))('on this machine', () => {
    let server: WebdavServer

    beforeAll(async () => {
      server = await servers[name].start()
    })

    afterAll(() => server.close())

    remoteContract(name, () => standOn(server))
  })
})
