import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMultistatus } from '../../../src/adapters/webdav/multistatus.ts'
import { Failed } from '../../../src/domain/failure.ts'
import type { Entry } from '../../../src/domain/layout.ts'
import { encodePath, render, type Kept, type Style } from './multistatus-text.ts'

const root = '/remote.php/dav files/Übersee/'

const nameOf = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !/[/\\\p{Cc}]/u.test(name) && !['.', '..'].includes(name))

const keptOf = fc.record({
  name: nameOf,
  isFolder: fc.boolean(),
  size: fc.nat(2 ** 40),
  etag: fc.oneof(
    fc.nat().map(String),
    fc.stringMatching(/^[0-9a-f]{1,16}$/),
    fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
  ),
  modified: fc.nat(4_000_000_000).map((seconds) => seconds * 1000),
})

const hrefs: readonly Style['href'][] = [
  encodePath,
  (path) => `https://internal.example${encodePath(path)}`,
  (path) => `http://127.0.0.1:8080${encodePath(path)}?x=1#top`,
  (path) => `//elsewhere${encodePath(path)}`,
  (path) => encodePath(path).replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  // Some leave spaces as they are; at the end of a text XML does not keep them.
  (path) =>
    encodePath(path)
      .replaceAll('a', '%61')
      .replace(/%20(?!$)/g, ' ')
      .replaceAll('%26', '&'),
]

const styleOf: fc.Arbitrary<Style> = fc.record({
  prefix: fc.constantFrom('D:', 'd:', 'lp1:', ''),
  namespace: fc.constantFrom(' xmlns:D="DAV:"', ' xmlns="DAV:"', ' xmlns=""', ''),
  href: fc.constantFrom(...hrefs),
  etag: fc.constantFrom('quoted', 'bare', 'entities', 'weak', 'none'),
  missing: fc.constantFrom('first', 'last', 'left out'),
  isIndented: fc.boolean(),
})

test('whatever a day holds is read back, however its server spells it', async () => {
  const day = fc.uniqueArray(keptOf, { selector: ({ name }) => name, maxLength: 8 })
  const path = fc.constantFrom('', 'Media/2026-11-20')
  await fc.assert(
    fc.asyncProperty(day, path, styleOf, fc.nat(8), async (things, path, style, place) => {
      const above = root + (path && `${path}/`)
      const kept: Kept[] = things.map(({ name, isFolder, ...rest }) => ({
        ...rest,
        path: above + name + (isFolder ? '/' : ''),
      }))
      // The folder itself need not come first.
      kept.splice(place, 0, { path: above, size: 0, etag: 'self', modified: 0 })
      const { self, children } = await readMultistatus(render(kept, style), { root, path })
      expect(self).toEqual({ path, kind: 'folder', size: 0, modified: 0 })
      expect(children).toEqual(things.map((thing) => expected(thing, path, style)))
    }),
  )
})

function expected(
  thing: { name: string; isFolder: boolean } & Omit<Kept, 'path'>,
  path: string,
  style: Style,
): Entry {
  const { name, isFolder, size, etag, modified } = thing
  const full = path === '' ? name : `${path}/${name}`
  if (isFolder) return { path: full, kind: 'folder', size: 0, modified }
  const isStrong = style.etag !== 'weak' && style.etag !== 'none'
  return { path: full, kind: 'file', size, modified, ...(isStrong && { etag }) }
}

test('a listing that is cut anywhere is never taken for a smaller one', async () => {
  const names = ['talk.mp4', 'song.mp3', 'picture.jpg']
  const kept = ['', ...names].map((name) => ({
    path: root + name,
    size: 1,
    etag: 'a',
    modified: 0,
  }))
  const whole = render(kept).trimEnd()
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      const reading = readMultistatus(whole.slice(0, length), { root, path: '' })
      await expect(reading).rejects.toBeInstanceOf(Failed)
    }),
  )
})
