import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import type { Remote } from '../../src/sync/ports.ts'

type Heard = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

type Answer = (response: ServerResponse, heard: Heard) => void

/** A server that answers as a test says, one answer after the other, the last one again and again. */
export type OddServer = {
  readonly origin: string
  readonly heard: Heard[]
  answer(...answers: readonly Answer[]): void
  close(): Promise<void>
}

/** Starts such a server on a free port of 127.0.0.1. */
export async function startOddServer(): Promise<OddServer> {
  const heard: Heard[] = []
  let answers: readonly Answer[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      heard.push({ method, path, headers, body })
      const [answer, ...later] = answers
      if (later.length > 0) answers = later
      answer?.(response, { method, path, headers, body })
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    heard,
    answer(...wanted) {
      heard.length = 0
      answers = wanted
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** An answer of that status, with headers and a body. */
export function says(status: number, headers: Record<string, string> = {}, body = ''): Answer {
  return (response) => response.writeHead(status, headers).end(body)
}

/** A 207 with these elements in it. */
export function multistatus(...responses: readonly string[]): Answer {
  const body = `<D:multistatus xmlns:D="DAV:">${responses.join('')}</D:multistatus>`
  return says(207, { 'Content-Type': 'application/xml' }, body)
}

export const account = { user: 'Übersee', password: 'grüße 日本' }

/** The folder `our folder` on that server. */
export function remoteAt({ origin }: Pick<OddServer, 'origin'>, send = fetch): Remote {
  const connection = { origin, user: account.user, folder: '/dav/our folder/' }
  return webdavRemote({ connection, password: account.password, fetch: send })
}

/** One deed of each kind. */
export function everyDeed(remote: Remote): readonly (() => Promise<unknown>)[] {
  return [
    () => remote.list('Media'),
    () => remote.listDeep('Media'),
    () => remote.stat('Media'),
    () => remote.read('talk.mp4'),
    () => remote.write('talk.mp4', new Blob(['x'])),
    () => remote.makeFolder('Media'),
    () => remote.move('a', 'b'),
    () => remote.remove('a'),
  ]
}

/** A folder as it stands in a multistatus. */
export function folderElement(path = ''): string {
  return (
    `<D:response><D:href>/dav/our%20folder/${path}</D:href><D:propstat><D:prop><D:resourcetype>` +
    '<D:collection/></D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>'
  )
}

/** A file of three bytes as it stands in a multistatus. */
export function fileElement(path: string): string {
  return (
    `<D:response><D:href>/dav/our%20folder/${path}</D:href><D:propstat><D:prop><D:resourcetype/>` +
    '<D:getcontentlength>3</D:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>'
  )
}
