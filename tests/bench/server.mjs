// The embedded server as it is shipped, in a process of its own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist-server/main.js', import.meta.url))
const counter = new URL('count-requests.mjs', import.meta.url).href

export const account = { user: 'vo', password: 'bench-password' }

/** Serves `<dataDir>/dav` on a free port of this machine. */
export async function startServer(dataDir) {
  const { user, password } = account
  const options = { port: '0', data: dataDir, user, password }
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const server = fork(main, [...given, '--no-sample'], {
    execArgv: ['--import', counter],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return {
    url: await readyUrl(server),
    /** Method and address of every request since the last call. */
    async takeRequests() {
      server.send('take')
      const [requests] = await once(server, 'message')
      return requests
    },
    async close() {
      const closed = once(server, 'exit')
      server.kill()
      await closed
    },
  }
}

async function readyUrl(server) {
  let said = ''
  for await (const piece of server.stdout) {
    said += piece
    const url = /Lectern is ready: (\S+)/.exec(said)?.[1]
    if (url) return url
  }
  throw new Error('The server did not start')
}
