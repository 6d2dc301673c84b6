import { describe, expect, inject, test } from 'vitest'
import { serverNames } from '../fixtures/servers/names.ts'
import { remoteContract } from './remote-contract.ts'
import { standOn, type ServerFacts } from './remote-stand.ts'

const running = inject('servers')

// The app of one origin, the sync folder on another: the browser asks the server whether the app may.
describe.each(serverNames)('%s', (name) => {
  const server = running.find((one) => one.name === name)

  // Whoever cannot install a server is not kept from the other tests; in CI `npm test` fails where one is missing.
  if (server) storiesOn(server)
  else test.skip('is not on this machine')
})

function storiesOn(server: ServerFacts): void {
  remoteContract(`${server.name}, from another origin,`, () => standOn(server))

  test('a film goes up from a page, and the page hears how far it is', async () => {
    const { remote } = await standOn(server)
    const film = new Blob([new Uint8Array(3_000_000)])
    const heard: number[] = []
    await remote.write('film.mp4', film, { onSent: (bytes) => heard.push(bytes) })
    expect(heard.at(-1)).toBe(film.size)
    expect(await remote.stat('film.mp4')).toMatchObject({ size: film.size })
  })
}
