import { join } from 'node:path'
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Response,
} from 'express'
import { dayOf } from '../src/domain/day.ts'
import { createAppFiles } from './app-files.ts'
import { requireAccount, type Account } from './auth.ts'
import type { ServerClock } from './clock.ts'
import { allowOrigins } from './cors.ts'
import { createDav } from './dav.ts'
import { secureHeaders } from './headers.ts'
import { createSampleJworg, linksPath } from './jworg/service.ts'
import type { LecternOptions } from './options.ts'
import { createJworgRelay } from './relay/relay.ts'
import { refuse } from './refusal.ts'
import { buildSample, sampleAccount } from './sample.ts'
import { createThrottle } from './throttle.ts'
import { createRelay } from './upstream.ts'
import { mountOf } from './upstream-address.ts'

/** Everything the server answers, put together. */
export async function createApp(options: LecternOptions, clock: ServerClock): Promise<Express> {
  const { dataDir, appDir, sample } = options
  const throttle = createThrottle(clock)
  const dav = await createDav({ folder: join(dataDir, 'dav'), spoolFolder: join(dataDir, 'tmp') })
  const app = express()
  app.disable('x-powered-by')
  app.enable('case sensitive routing')
  app.use(report(options.onRequest))
  app.use(secureHeaders(options.jworg))
  app.get('/config.json', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(configOf(options))
  })
  app.use('/dav', allowOrigins, requireAccount(accountsOf(options), throttle), dav)
  if (sample) await addSample(app, join(dataDir, 'sample'), clock)
  addUpstreams(app, options, clock)
  if (options.relay) addJworgRelay(app, options, clock)
  app.use(createAppFiles(appDir))
  app.use(answerFailure)
  return app
}

async function addSample(app: Express, home: string, clock: ServerClock): Promise<void> {
  const folder = await buildSample(home, dayOf(new Date(clock.now())))
  const dav = await createDav({ folder, spoolFolder: join(home, 'tmp') })
  const guessing = createThrottle(clock)
  app.use('/sample/dav', allowOrigins, requireAccount([sampleAccount], guessing), dav)
  app.use('/sample/jworg', createSampleJworg({ clock }))
}

// Each with its own memory of wrong passwords: who is let in is for each of them to say.
function addUpstreams(app: Express, options: LecternOptions, clock: ServerClock): void {
  const { upstreams = [], upstreamLimits: limits } = options
  for (const upstream of upstreams) {
    app.use(mountOf(upstream), createRelay(upstream, { throttle: createThrottle(clock), limits }))
  }
}

// Behind the login: it is for the congregation, not for everyone who finds it.
function addJworgRelay(app: Express, options: LecternOptions, clock: ServerClock): void {
  const { relayLimits: limits, relayHosts: hosts, resolve } = options
  const guessing = createThrottle(clock)
  const relay = createJworgRelay({ limits, hosts, resolve })
  app.use('/jworg', requireAccount(accountsOf(options), guessing), relay)
}

function accountsOf({ user, password, readers }: LecternOptions): Account[] {
  const writer: Account = { user, password, role: 'writer' }
  return [writer, ...readers.map((reader): Account => ({ ...reader, role: 'reader' }))]
}

// What the app finds out about where it is served from. Static hosts have no such file.
function configOf({ sample, jworg, upstreams = [], relay = false }: LecternOptions) {
  const { user, password } = sampleAccount
  return {
    dav: '/dav/',
    sample: sample
      ? { dav: '/sample/dav/', user, password, jworg: jworg ?? `/sample/jworg${linksPath}` }
      : null,
    jworg: jworg ?? null,
    upstreams: upstreams.map(({ name }) => ({ name, folder: `${mountOf({ name })}/` })),
    ...(relay && { relay: '/jworg/' }),
  }
}

function report(onRequest: LecternOptions['onRequest']): RequestHandler {
  return ({ method, path }, response, next) => {
    response.once('close', () => onRequest?.({ method, path, status: response.statusCode }))
    next()
  }
}

const answerFailure: ErrorRequestHandler = (error: unknown, _request, response: Response, next) => {
  const { status } = { ...(error as object) } as { status?: unknown }
  if (typeof status === 'number' && status < 500)
    refuse(response, status, 'This is not understood.')
  else if (response.headersSent) next(error)
  else {
    console.error(error)
    refuse(response, 500, 'The server failed.')
  }
}
