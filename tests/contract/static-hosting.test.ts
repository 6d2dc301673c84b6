// A host of static files that knows `_headers` protects Lectern as its own server does.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headersFor } from '../../server/headers.ts'
import { ask, startEmbedded } from '../fixtures/embedded.ts'

const file = join(import.meta.dirname, '..', '..', 'public', '_headers')

/** The headers of `_headers` by the paths they are for. */
async function readHeaders(): Promise<Record<string, Record<string, string>>> {
  const blocks: Record<string, Record<string, string>> = {}
  let block: Record<string, string> = {}
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, name, value] = /^ +([\w-]+): (.+)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) block[name] = value
    else if (line.startsWith('/')) blocks[line] = block = {}
    else expect(line).toMatch(/^(?:#.*)?$/)
  }
  return blocks
}

test('every answer has the headers that the server sends behind TLS', async () => {
  const { '/*': headers } = await readHeaders()
  expect(headers).toEqual(headersFor({ path: '/', secure: true }))
})

test('hashed files are kept for good, as the server has them kept', async () => {
  const appDir = await mkdtemp(join(tmpdir(), 'app-'))
  await mkdir(join(appDir, 'assets'))
  await writeFile(join(appDir, 'assets', 'index-abc.js'), '// app')
  const server = await startEmbedded({ appDir })
  const { headers } = await ask(server.url, { path: '/assets/index-abc.js' })
  await server.close()
  await rm(appDir, { recursive: true })
  expect((await readHeaders())['/assets/*']).toEqual({ 'Cache-Control': headers['cache-control'] })
})

test('no header is said twice: hosts would join the two, and browsers take neither', async () => {
  const blocks = await readHeaders()
  const names = Object.values(blocks).flatMap((block) => Object.keys(block))
  expect(new Set(names).size).toBe(names.length)
  // What these hosts accept at most.
  for (const line of (await readFile(file, 'utf8')).split('\n'))
    expect(line.length).toBeLessThan(2000)
})

test('pictures may come from another media service, where the server names one, and from nowhere else', () => {
  const links = 'https://media.example:8443/apis/pub-media/GETPUBMEDIALINKS'
  const request = { path: '/', secure: false }
  const plain = headersFor(request)['Content-Security-Policy'] ?? ''
  const named = headersFor(request, links)['Content-Security-Policy'] ?? ''
  const rule = (policy: string) => policy.split('; ').filter((one) => one.startsWith('img-src'))
  expect(rule(named)).toEqual(rule(plain).map((one) => `${one} https://media.example:8443`))
  expect(named.replace(' https://media.example:8443', '')).toBe(plain)
})
