import { mkdir, realpath } from 'node:fs/promises'
import { STATUS_CODES, type ServerResponse } from 'node:http'
import { Authenticator } from '@nephele/authenticator-none'
import { Router, type Request, type RequestHandler } from 'express'
import createServer from 'nephele'
import { guardDestination, guardRequest } from './dav-guard.ts'
import { FolderAdapter } from './dav-folder.ts'
import { statusOf } from './file-errors.ts'
import { refuse } from './refusal.ts'
import { openSpool, type Spool } from './spool.ts'
import { createTurns, inTurn } from './turns.ts'

type DavPlace = {
  /** The folder that is served. */
  readonly folder: string
  /** Where uploads wait until they are complete: beside it, on the same disk. */
  readonly spoolFolder: string
}

const changing = ['MOVE', 'COPY', 'DELETE', 'MKCOL']

/** WebDAV on a plain folder, which is made where there is none. Who may use it is asked before. */
export async function createDav({ folder, spoolFolder }: DavPlace): Promise<Router> {
  await mkdir(folder, { recursive: true })
  const root = await realpath(folder)
  const turns = createTurns()
  const spool = await openSpool(spoolFolder, root, turns)
  const router = Router({ caseSensitive: true })
  router.use(guardRequest)
  // What changes names goes one at a time: between the look at a destination and the move nobody else can take it.
  router.use(onlyFor(changing, inTurn(turns)))
  router.use(guardDestination(root))
  router.use(createLibrary(root, spool))
  return router
}

function onlyFor(methods: readonly string[], handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (methods.includes(request.method)) void handler(request, response, next)
    else next()
  }
}

function createLibrary(root: string, spool: Spool) {
  const library = createServer(
    {
      adapter: (request, response) =>
        Promise.resolve(
          new FolderAdapter({
            root,
            spool,
            expectedBytes: announcedBytes(request),
            signal: closingOf(response),
            onStored: (etag) => response.set('ETag', JSON.stringify(etag)),
          }),
        ),
      authenticator: new Authenticator(),
    },
    { errorHandler: answerError },
  )
  library.disable('x-powered-by')
  return library
}

function closingOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  if (response.destroyed) controller.abort()
  response.once('close', () => {
    controller.abort()
  })
  return controller.signal
}

function announcedBytes({ headers }: Request): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

// The library's own answer would show the stack.
function answerError(...[code, message, request, response, error]: LibraryError): Promise<void> {
  const status = code === 500 ? statusOf(error, request.method) : code
  if (status === 304 && !response.headersSent) {
    const { etag, lastModified } = error as { etag?: string; lastModified?: Date }
    if (etag !== undefined) response.set('ETag', JSON.stringify(etag))
    if (lastModified) response.set('Last-Modified', lastModified.toUTCString())
    response.status(304).end()
  } else refuse(response, status, code === 500 ? sentenceFor(status) : message)
  return Promise.resolve()
}

// What the file system says names the folder on this computer, which is nobody's business.
function sentenceFor(status: number): string {
  return status === 507 ? 'The disk is full.' : (STATUS_CODES[status] ?? 'The server failed.')
}

type LibraryError = Parameters<
  NonNullable<Parameters<typeof createServer>[1]>['errorHandler'] & object
>
