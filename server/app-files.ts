import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import express, { Router, type Request, type Response } from 'express'
import { refuse } from './refusal.ts'

const notTheApp = /^\/(?:dav|sample|upstream|jworg|assets|config\.json)(?:\/|$)/
const secondsPerYear = 31_536_000

/** The built app: its files, and its one page for every address a person opens. */
export function createAppFiles(appDir: string): Router {
  const router = Router()
  router.use(
    express.static(appDir, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => response.setHeader('Cache-Control', cachingOf(appDir, path)),
    }),
  )
  // The service worker receives what other apps share. Without one nothing can be kept, and the page says so.
  router.post('/share', (_request, response) => {
    response.redirect(303, '/inbox?missed')
  })
  router.use((request: Request, response: Response) => {
    if (isNavigation(request) && existsSync(join(appDir, 'index.html'))) {
      response.set('Cache-Control', 'no-cache')
      response.sendFile('index.html', { root: appDir, cacheControl: false })
    } else refuse(response, 404, 'There is nothing here.')
  })
  return router
}

// Files in assets/ carry a hash of their content in their name; all others must be asked for again.
function cachingOf(appDir: string, path: string): string {
  const isHashed = path.startsWith(join(appDir, 'assets') + sep)
  return isHashed ? `public, max-age=${secondsPerYear}, immutable` : 'no-cache'
}

// A script that asks for something missing must not get a page instead.
function isNavigation({ method, path, headers }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (notTheApp.test(path)) return false
  return path === '/' || (headers.accept ?? '').includes('text/html')
}
