// The servers the tests start are what the stories take them for: two accounts, no more help from outside than needed.
import { connect } from 'node:net'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Question } from '../fixtures/embedded.ts'
import { canStart, serverNames, servers } from '../fixtures/servers/all.ts'
import { startSameOrigin } from '../fixtures/servers/proxy.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'

const stranger = { user: 'vo', password: 'guessed' }

describe.each(serverNames)('%s', (name) => {
  describe.skipIf(!canStart(name))('on this machine', () => {
    let server: WebdavServer

    beforeAll(async () => {
      server = await servers[name].start({ origin: 'https://lectern.example' })
    })

    afterAll(() => server.close())

    function dav(method: string, path: string, question: Question = {}) {
      return ask(server.url, { ...question, method, path: server.folder + path })
    }

    test('a browser may ask without a password, and reads every answer', async () => {
      const Origin = 'https://lectern.example'
      const asking = { Origin, 'Access-Control-Request-Method': 'PROPFIND' }
      const preflight = await dav('OPTIONS', 'Media', { headers: asking })
      expect([200, 204]).toContain(preflight.status)
      for (const [who, path, status] of [
        [stranger, '', 401],
        [server.vo, '', 207],
        [server.vo, 'gone', 404],
      ] as const) {
        const headers = { Origin, Authorization: basic(who), Depth: '0' }
        const answer = await dav('PROPFIND', path, { headers })
        expect(answer.status).toBe(status)
        expect(answer.headers['access-control-allow-origin']).toBe(Origin)
      }
    })

    // The embedded server allows all there is: it knows no cookies that others could misuse.
    if (name !== 'embedded') {
      test('a browser may do no more than it must', async () => {
        const { headers } = await dav('OPTIONS', '', {
          headers: { Origin: 'https://lectern.example' },
        })
        expect(headers['access-control-allow-headers']).toBe(
          'Authorization, Content-Type, Depth, Destination, Overwrite',
        )
        expect(headers).not.toHaveProperty('access-control-expose-headers')
      })
    }

    test('what others put there on the server itself can be read and removed', async () => {
      await server.put('Media/2026-11-20/talk.mp4', 'a talk')
      const headers = { Authorization: basic(server.vo) }
      const path = 'Media/2026-11-20/talk.mp4'
      expect((await dav('GET', path, { headers })).body.toString()).toBe('a talk')
      expect((await dav('DELETE', 'Media/', { headers })).status).toBe(204)
    })

    test('the app and the folder stand under one address', async () => {
      const app = await startEmbedded({ sample: true })
      const proxy = await startSameOrigin({ app: app.url, dav: server })
      const film = randomBytes(3_000_000)
      const headers = { Authorization: basic(server.vo) }
      const moving = { ...headers, Overwrite: 'F', Destination: `${proxy.url}/dav/talk%201.mp4` }
      const at = (method: string, path: string, question: Question = { headers }) =>
        ask(proxy.url, { ...question, method, path })
      try {
        await at('PUT', '/dav/upload', { headers, body: film })
        await at('MOVE', '/dav/upload', { headers: moving })
        expect((await at('GET', '/dav/talk%201.mp4')).body.equals(film)).toBe(true)
        expect(await readFile(join(server.dir, 'talk 1.mp4'))).toHaveLength(film.length)
        expect(JSON.parse((await at('GET', '/config.json', {})).body.toString())).toMatchObject({
          dav: '/dav/',
        })
        expect(proxy.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
          'PUT /dav/upload',
          'MOVE /dav/upload',
          'GET /dav/talk%201.mp4',
          'GET /config.json',
        ])
      } finally {
        await proxy.close()
        await app.close()
      }
    })
  })
})

test.skipIf(!canStart('nginx'))('a server ends with its fixture', async () => {
  const server = await servers.nginx.start()
  await server.close()
  const { port } = new URL(server.url)
  const refused = new Promise((resolve) => {
    connect(Number(port), '127.0.0.1').once('error', resolve)
  })
  expect(await refused).toHaveProperty('code', 'ECONNREFUSED')
})
