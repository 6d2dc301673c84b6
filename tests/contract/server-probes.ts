// What is measured of a server, beyond what its documents say: each probe asks it over the wire and tells in a few words.
import { once } from 'node:events'
import { utimes } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, basic, type Answer, type Question } from '../fixtures/embedded.ts'
import type { Account, WebdavServer } from '../fixtures/servers/webdav-server.ts'

/** One question about a server; what it puts there has `mark` in its name, which nothing else has. */
export type Probe = (server: WebdavServer, mark: string) => Promise<string>

type Deed = Question & { readonly who?: Account | undefined }

/** One request in the VO's name, unless somebody else is named. */
function dav(server: WebdavServer, line: string, deed: Deed = {}): Promise<Answer> {
  const [method = '', path = ''] = line.split(' ')
  const { who = server.vo, headers, body } = deed
  return ask(server.url, {
    method,
    path: server.folder + path,
    headers: { Authorization: basic(who), ...headers },
    ...(body !== undefined && { body }),
  })
}

async function statusOf(server: WebdavServer, line: string, deed?: Deed): Promise<string> {
  return String((await dav(server, line, deed)).status)
}

function moving(server: WebdavServer, to: string): Deed {
  return { headers: { Destination: server.url + server.folder + to, Overwrite: 'F' } }
}

async function listed(server: WebdavServer, path: string, depth = '0'): Promise<string> {
  const headers = { Depth: depth }
  return (await dav(server, `PROPFIND ${path}`, { headers })).body.toString()
}

async function etagOf(server: WebdavServer, path: string): Promise<string> {
  const text = /getetag>([^<]*)</.exec(await listed(server, path))?.[1]
  if (!text) return 'none'
  return /^W\//i.test(text) ? 'weak' : 'strong'
}

// A machine that is busy may look too late to see what Apache says within the first second.
async function freshEtag(server: WebdavServer, path: string, tries = 5): Promise<string> {
  await dav(server, `PUT ${path}`, { body: 'a talk' })
  const etag = await etagOf(server, path)
  return etag === 'strong' && tries > 1 ? freshEtag(server, path, tries - 1) : etag
}

// Apache trusts a file's time once it is over.
async function age(server: WebdavServer, path: string): Promise<void> {
  const then = new Date(Date.now() - 60_000)
  await utimes(join(server.dir, path), then, then)
}

const etags: Probe = async (server, mark) => {
  const fresh = await freshEtag(server, mark)
  await age(server, mark)
  const settled = await etagOf(server, mark)
  return fresh === settled ? settled : `${fresh} at first, then ${settled}`
}

const times: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}`, { body: 'a talk' })
  await utimes(join(server.dir, mark), 1_795_000_000, 1_795_000_000.5)
  const text = /getlastmodified>([^<]*)</.exec(await listed(server, mark))?.[1] ?? ''
  return Date.parse(text) % 1000 === 0 ? 'whole seconds' : 'finer than seconds'
}

const deepListing: Probe = async (server, mark) => {
  await server.put(`${mark}/inner/talk.mp4`, 'a talk')
  const answer = await dav(server, `PROPFIND ${mark}/`, { headers: { Depth: 'infinity' } })
  if (answer.status !== 207) return `refused (${answer.status})`
  return answer.body.includes(`${mark}/inner/talk.mp4`) ? 'all there is' : 'less than there is'
}

const ranges: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}`, { body: '0123456789' })
  const inside = await dav(server, `GET ${mark}`, { headers: { Range: 'bytes=4-7' } })
  const behind = await statusOf(server, `GET ${mark}`, { headers: { Range: 'bytes=90-99' } })
  const isPart = inside.status === 206 && inside.body.toString() === '4567'
  return `${isPart ? 'yes' : 'no'}; behind the end ${behind}`
}

const moveOnto: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}-mine`, { body: 'mine' })
  await dav(server, `PUT ${mark}`, { body: 'theirs' })
  const status = await statusOf(server, `MOVE ${mark}-mine`, moving(server, mark))
  const kept = (await dav(server, `GET ${mark}`)).body.toString()
  return kept === 'theirs' ? `refused (${status})` : `replaced (${status})`
}

const moveFolder: Probe = async (server, mark) => {
  await dav(server, `MKCOL ${mark}/`)
  return statusOf(server, `MOVE ${mark}`, moving(server, `${mark}-moved`))
}

const makeAgain: Probe = async (server, mark) => {
  await dav(server, `MKCOL ${mark}/`)
  return statusOf(server, `MKCOL ${mark}/`)
}

const putNowhere: Probe = (server, mark) => statusOf(server, `PUT ${mark}/talk.mp4`, { body: 'x' })

const moveNowhere: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}`, { body: 'a talk' })
  const status = await statusOf(server, `MOVE ${mark}`, moving(server, `${mark}-no/talk.mp4`))
  const there = await dav(server, `GET ${mark}-no/talk.mp4`)
  return there.status === 200 ? `makes it (${status})` : `refused (${status})`
}

const film = Buffer.alloc(1_000_000, 'new')

async function breakOffPut(server: WebdavServer, path: string): Promise<void> {
  const { host, hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const head = [
    `PUT ${server.folder}${path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: ${basic(server.vo)}`,
    `Content-Length: ${film.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await new Promise((sent) => socket.write(film.subarray(0, 300_000), sent))
  await wait(500)
  socket.destroy()
  await once(socket, 'close')
}

const brokenPut: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}`, { body: 'the old film' })
  await breakOffPut(server, mark)
  for (let tries = 0; tries < 10; tries += 1) {
    await wait(100)
    const { body } = await dav(server, `GET ${mark}`)
    const isPiece = body.length < film.length
    if (body.toString() !== 'the old film') return isPiece ? 'a piece of the new file' : 'all of it'
  }
  return 'the old file'
}

const putIfNone: Probe = async (server, mark) => {
  await dav(server, `PUT ${mark}`, { body: 'theirs' })
  const headers = { 'If-None-Match': '*' }
  const status = await statusOf(server, `PUT ${mark}`, { headers, body: 'mine' })
  return status === '412' ? 'honoured (412)' : `overwritten (${status})`
}

const dotfiles: Probe = async (server, mark) => {
  await server.put(`${mark}/.dot.jpg`, 'a dot')
  return (await listed(server, `${mark}/`, '1')).includes('.dot.jpg') ? 'listed' : 'not listed'
}

const preflight: Probe = async (server, mark) => {
  const headers = { Origin: 'https://lectern.example', 'Access-Control-Request-Method': 'PUT' }
  const path = server.folder + mark
  const { status } = await ask(server.url, { method: 'OPTIONS', path, headers })
  return `answered (${status})`
}

const readersDeeds: Probe = async (server, mark) => {
  await server.put(mark, 'theirs')
  const who = server.reader
  const put = await statusOf(server, `PUT ${mark}`, { who, body: 'mine' })
  const make = await statusOf(server, `MKCOL ${mark}-new/`, { who })
  const move = await statusOf(server, `MOVE ${mark}`, { who, ...moving(server, `${mark}-moved`) })
  const remove = await statusOf(server, `DELETE ${mark}`, { who })
  return `${put}, ${make}, ${move}, ${remove}`
}

/** What is measured, by how docs/servers.md calls it. */
export const probes: Readonly<Record<string, Probe>> = {
  'ETag in a listing': etags,
  'Times in a listing': times,
  '`Depth: infinity`': deepListing,
  '`Range`': ranges,
  '`MOVE`, `Overwrite: F`, onto a file': moveOnto,
  '`MOVE` of a folder without its slash': moveFolder,
  '`MOVE` into a missing folder': moveNowhere,
  '`MKCOL` of a folder that exists': makeAgain,
  '`PUT` into a missing folder': putNowhere,
  'A `PUT` over a file that breaks off leaves': brokenPut,
  '`PUT`, `If-None-Match: *`, over a file': putIfNone,
  'Names that begin with a dot': dotfiles,
  '`OPTIONS` without a password': preflight,
  '`PUT`, `MKCOL`, `MOVE`, `DELETE` by a reader': readersDeeds,
}
