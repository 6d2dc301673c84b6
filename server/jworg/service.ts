import { Router, type NextFunction, type Request, type Response } from 'express'
import { dayOf } from '../../src/domain/day.ts'
import type { ServerClock } from '../clock.ts'
import { mediatorLanguages, websiteLanguages } from './language-lists.ts'
import { linksOf, type Release, type Released } from './links.ts'
import { categoryAnswer, mediaItem, readCut } from './mediator.ts'
import { createBodies, type Published } from './published.ts'
import { fileNamed, findFiles, readQuestion, type Refusal } from './question.ts'
import { createReleases } from './releases.ts'
import { sendFile } from './send-file.ts'
import type { JworgSwitches } from './switches.ts'
import { isPictureSize, thumbnail } from './thumbnail.ts'

/** Where the media service answers, below the place that it is mounted at. */
export const linksPath = '/apis/pub-media/GETPUBMEDIALINKS'

type JworgOptions = { readonly clock: ServerClock; readonly switches?: JworgSwitches }

/**
 * The sample's own JW.org: publications and films of the project's own, told of and sent as the real service does it.
 * Open to everyone; it answers the same whoever asks, less what the switches spoil.
 */
export function createSampleJworg({ clock, switches = {} }: JworgOptions): Router {
  const releases = createReleases(switches)
  const bodyOf = createBodies()
  const today = () => dayOf(new Date(clock.now()))

  async function answerLinks(request: Request, response: Response): Promise<void> {
    if (switches.refusesApi !== true) allowAll(response)
    response.set('Cache-Control', 'no-cache')
    const { searchParams } = new URL(request.originalUrl, 'http://sample.invalid')
    const found = findFiles(readQuestion(searchParams), today())
    if ('status' in found) refuseAsArray(response, found)
    else response.json(await linksOf(found, releaserOf(request)))
  }

  function tellingOf(request: Request, language: string) {
    const pictures = `${originOf(request)}${request.baseUrl}/images`
    return { language, today: today(), release: releaserOf(request), pictures }
  }

  async function answerCategory(request: Request, response: Response): Promise<void> {
    const { language = '', key = '' } = request.params as Record<string, string>
    const { searchParams } = new URL(request.originalUrl, 'http://sample.invalid')
    const cut = readCut(searchParams, switches.filmsAtOnce)
    answerMediator(response, await categoryAnswer(key, cut, tellingOf(request, language)))
  }

  async function answerItem(request: Request, response: Response): Promise<void> {
    const { language = '', key = '' } = request.params as Record<string, string>
    const item = await mediaItem(key, tellingOf(request, language))
    answerMediator(response, item && { media: [item] })
  }

  function answerMediator(response: Response, answer: object | undefined): void {
    if (switches.refusesApi !== true) allowAll(response)
    response.set('Cache-Control', 'no-cache')
    if (answer) response.json(answer)
    else refuseAsArray(response, { status: 404, title: 'Not found' })
  }

  // Addresses follow the one that was asked, so that the answers hold wherever the server is reached.
  function releaserOf(request: Request): Release {
    const base = `${originOf(request)}${request.baseUrl}/files`
    const told = new Map<string, ReturnType<Release>>()

    async function tell(file: Published): Promise<Released> {
      const release = releases.ask(file.name)
      const { bytes, md5 } = await bodyOf(file, release)
      const isWrong = switches.wrongChecksums?.test(file.name) === true
      const shown = isWrong ? '0'.repeat(md5.length) : md5
      return { url: `${base}/${release}/${file.name}`, release, size: bytes.length, md5: shown }
    }

    // One answer speaks of one release, however many of its films share the file.
    return (file) => {
      const telling = told.get(file.name) ?? tell(file)
      told.set(file.name, telling)
      return telling
    }
  }

  async function answerFile(request: Request, response: Response): Promise<void> {
    const { name = '', release = '' } = request.params as Record<string, string>
    if (switches.refusesFiles?.test(name) !== true) allowAll(response)
    const file = fileNamed(name, today())
    if (!file || !/^[12]$/.test(release)) {
      response.status(404).type('text/plain').send('There is nothing here.\n')
      return
    }
    await sendFile(request, response, {
      body: await bodyOf(file, Number(release)),
      contentType: contentTypes[file.format],
      bytesPerSecond: switches.bytesPerSecond,
      isTruncated: switches.truncates?.test(name) === true,
      clock,
    })
  }

  const router = Router({ caseSensitive: true })
  router.use(onlyReading)
  router.use(troubleOf(switches))
  router.get(linksPath, answerLinks)
  router.get('/apis/mediator/v1/languages/:language/all', (_request, response) => {
    allowAll(response).json(mediatorLanguages())
  })
  router.get('/apis/mediator/v1/categories/:language/:key', answerCategory)
  router.get('/apis/mediator/v1/media-items/:language/:key', answerItem)
  router.get('/images/:name', answerPicture)
  // The website lets no page from elsewhere read it.
  router.get('/en/languages/', (_request, response) => {
    response.json(websiteLanguages())
  })
  router.get('/files/:release/:name', answerFile)
  return router
}

const contentTypes = {
  JWPUB: 'application/octet-stream',
  MP4: 'video/mp4',
  MP3: 'audio/mpeg',
  VTT: 'text/vtt; charset=utf-8',
} as const

function onlyReading({ method }: Request, response: Response, next: NextFunction): void {
  if (method === 'GET' || method === 'HEAD') next()
  else response.status(405).set('Allow', 'GET, HEAD').end()
}

function troubleOf(switches: JworgSwitches) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { busy, pages } = switches
    const path = request.originalUrl
    if (busy && busy.times > 0 && (busy.of?.test(path) ?? true)) {
      busy.times -= 1
      if (busy.retryAfterS !== undefined) response.set('Retry-After', String(busy.retryAfterS))
      allowAll(response).status(busy.status).json([])
    } else if (pages?.test(path) === true) {
      allowAll(response).type('html').send('<!doctype html><title>Sorry</title><p>Sorry.</p>')
    } else next()
  }
}

function answerPicture(request: Request, response: Response): void {
  const { name: asked = '' } = request.params as Record<string, string>
  const [, name = '', size = ''] = /^(.+)_([a-z]+)\.png$/.exec(asked) ?? []
  if (isPictureSize(size)) response.type('png').send(thumbnail(name, size))
  else response.status(404).type('text/plain').send('There is nothing here.\n')
}

function allowAll(response: Response): Response {
  return response.set('Access-Control-Allow-Origin', '*')
}

// As the real service says it: a list, whatever the status.
function refuseAsArray(response: Response, { status, title }: Refusal): void {
  response.status(status).json([{ id: 'sample', title, status }])
}

// Behind a proxy that speaks TLS for the server, or under another name, the page asks there and nowhere else.
function originOf({ secure, headers }: Request): string {
  const isSecure = secure || headers['x-forwarded-proto'] === 'https'
  const host = headers['x-forwarded-host'] ?? headers.host ?? 'localhost'
  return `${isSecure ? 'https' : 'http'}://${String(host)}`
}
