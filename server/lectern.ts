import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import { systemClock } from './clock.ts'
import type { LecternOptions } from './options.ts'
import { refuse } from './refusal.ts'

/** A server that runs. `url` has no '/' at its end. */
export type Lectern = { readonly url: string; close(): Promise<void> }

/** Starts the server; resolves once it can be used. Rejects with the system's error when the port cannot be had. */
export async function startLectern(options: LecternOptions): Promise<Lectern> {
  let listener: RequestListener = (_request, response) => {
    refuse(response, 503, 'Lectern is starting.')
  }
  const server = createServer((request, response) => {
    listener(request, response)
  })
  // A long video over a slow line may take any time (Node would end it after five minutes).
  server.requestTimeout = 0
  await listen(server, options)
  try {
    // Only who has the port touches the data folder: two servers on one folder do not clear each other's uploads.
    listener = await createApp(options, options.clock ?? systemClock)
  } catch (error) {
    await close(server)
    throw error
  }
  return { url: addressOf(server, options.host), close: () => close(server) }
}

function listen(server: Server, { port, host }: LecternOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
