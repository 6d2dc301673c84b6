import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { zipBundle } from '../../../src/adapters/bundle/zip.ts'
import { refOf } from '../../../src/domain/media.ts'
import { safeName, uniqueFileNames } from '../../../src/domain/naming.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import { bundleDays, type BundleStep } from '../../../src/sync/bundle/bundle-days.ts'
import type { BundleFile } from '../../../src/sync/bundle/ports.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { convertersDouble } from '../../doubles/converters.ts'
import { memoryStore } from '../../doubles/memory-store.ts'
import { curatedDay, type TextDay } from './export-hall.ts'

const profile = 'north'
const settings = defaultSettings
const now = Date.UTC(2026, 10, 18, 18, 42)
let scratch = ''

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'lectern-zip-'))
})

afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

/** The whole on disk, as a tool finds it that has nothing in common with what made it. */
async function unpacked(body: Blob): Promise<Record<string, string>> {
  const path = join(scratch, 'days.zip')
  writeFileSync(path, Buffer.from(await body.arrayBuffer()))
  execFileSync('unzip', ['-tqq', path])
  const folder = mkdtempSync(join(scratch, 'out-'))
  execFileSync('unzip', ['-qq', path, '-d', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((one) => join(one.parentPath, one.name))
  return Object.fromEntries(
    files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  )
}

/** A device that has stored all of these days but the files it is to lack. */
async function deviceWith(days: readonly TextDay[], lacked: readonly string[] = []) {
  const store = memoryStore()
  for (const { items, texts } of days) {
    for (const { name, source } of items.filter((one) => !lacked.includes(one.name))) {
      if (source.at !== 'remote') continue
      const body = new Blob([texts[name] ?? ''])
      const key = await contentKey(body)
      const row = { ref: refOf(source), name, key, version: source.version, size: body.size, at: 1 }
      await store.putFiles(profile, [row], [{ key, body }])
    }
  }
  return { store, bundle: zipBundle(), clock: { now: () => now } }
}

const friday = { '01 - song.mp4': 'la la', 'Übersicht – «карта» 地图 🗺.jpg': 'a map' }
const sunday = { 'talk.jpg': 'a talk' }

describe('the days in one file', () => {
  test('hold what an export would write, in folders of days, for a tool that knows nothing of us', async () => {
    const days = [
      curatedDay('2026-11-20', { ...friday, 'hidden.jpg': 'nobody' }, ['hidden.jpg']),
      curatedDay('2026-11-22', sunday),
    ]
    const done = await bundleDays(await deviceWith(days), days, { profile, settings })
    if (!('body' in done)) throw new Error('nothing was made')
    expect(done).toMatchObject({ count: 3, left: [] })
    const list = expect.stringContaining('"order": 0') as string
    expect(await unpacked(done.body)).toEqual({
      '2026-11-20/.section-order.json': list,
      '2026-11-22/.section-order.json': list,
      '2026-11-20/01 - song.mp4': 'la la',
      '2026-11-20/Übersicht – «карта» 地图 🗺.jpg': 'a map',
      '2026-11-22/talk.jpg': 'a talk',
    })
  })

  test('say by name what is left out because it is not here, and what is only announced', async () => {
    const day = { ...curatedDay('2026-11-20', friday), awaited: ['letter.pdf'] }
    const done = await bundleDays(await deviceWith([day], ['01 - song.mp4']), [day], {
      profile,
      settings,
    })
    expect(done).toMatchObject({ count: 1, left: ['01 - song.mp4', 'letter.pdf'] })
  })

  test('are not made at all where nothing is here', async () => {
    const day = curatedDay('2026-11-20', friday)
    const done = await bundleDays(await deviceWith([day], Object.keys(friday)), [day], {
      profile,
      settings,
    })
    expect(done).toEqual({ left: Object.keys(friday), unmade: [] })
  })

  test('hold what could not be converted as it is, and say so', async () => {
    const day = curatedDay('2026-11-20', { 'map.svg': '<svg a map', 'plan.svg': '<svg a plan' })
    const making = convertersDouble()
    making.refuse('a map')
    const made: string[] = []
    const done = await bundleDays({ ...(await deviceWith([day])), ...making }, [day], {
      profile,
      settings,
      onMade: ({ name, doneFiles, totalFiles }) => made.push(`${name} ${doneFiles}/${totalFiles}`),
    })
    if (!('body' in done)) throw new Error('nothing was made')
    expect(done).toMatchObject({ count: 2, left: [], unmade: ['map.svg'] })
    const names = Object.keys(await unpacked(done.body)).map((path) => path.slice(11))
    expect(names.toSorted()).toEqual(['.section-order.json', 'map.svg', 'plan.png'])
    expect([...new Set(made)]).toEqual(['map.svg 0/2', 'plan.svg 1/2'])
  })

  test('say what an update took away while they were bundled', async () => {
    const day = curatedDay('2026-11-20', friday)
    const ports = await deviceWith([day])
    const blob: typeof ports.store.blob = async (key) => {
      const body = await ports.store.blob(key)
      return body && (await body.text()) === 'la la' ? undefined : body
    }
    const store = { ...ports.store, blob }
    const done = await bundleDays({ ...ports, store }, [day], { profile, settings })
    expect(done).toMatchObject({ count: 1, left: ['01 - song.mp4'] })
  })

  test('tell how far they are, up to the last byte', async () => {
    const day = curatedDay('2026-11-20', friday)
    const steps: BundleStep[] = []
    await bundleDays(await deviceWith([day]), [day], {
      profile,
      settings,
      onStep: (step) => steps.push(step),
    })
    expect(steps.map(({ doneFiles }) => doneFiles)).toEqual([0, 1, 2])
    expect(steps.at(-1)).toEqual({ doneFiles: 2, totalFiles: 2, doneBytes: 10, totalBytes: 10 })
  })
})

function file(path: string, body: Blob | string): BundleFile {
  return { path, body: typeof body === 'string' ? new Blob([body]) : body, modified: now }
}

describe('a ZIP file', () => {
  test('of 300 files holds them all, in their order', async () => {
    const names = Array.from(
      { length: 300 },
      (_, at) => `2026-11-20/${String(at).padStart(3, '0')} Ä地🎵.mp4`,
    )
    const body = await zipBundle().write(names.map((name) => file(name, `bytes of ${name}`)))
    expect(await unpacked(body)).toEqual(
      Object.fromEntries(names.map((name) => [name, `bytes of ${name}`])),
    )
    const listed = execFileSync('unzip', ['-Z1', join(scratch, 'days.zip')], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
    expect(listed.trim().split('\n')).toEqual(names)
  })

  test('holds whatever names Lectern gives, with whatever they hold', async () => {
    const anyFiles = fc.uniqueArray(
      fc.record({ name: fc.string({ unit: 'binary', maxLength: 40 }), text: fc.string() }),
      { maxLength: 12, selector: ({ name }) => safeName(name).toLowerCase() },
    )
    await fc.assert(
      fc.asyncProperty(anyFiles, async (files) => {
        const names = uniqueFileNames(files.map(({ name }) => name))
        const wanted = Object.fromEntries(
          files.map(({ text }, index) => [`2026-11-20/${names[index] ?? ''}`, text]),
        )
        fc.pre(files.length > 0)
        const body = await zipBundle().write(
          Object.entries(wanted).map(([name, text]) => file(name, text)),
        )
        expect(await unpacked(body)).toEqual(wanted)
      }),
      { numRuns: 25 },
    )
  })

  test('writes letters composed, marks its names as UTF-8 and packs nothing', async () => {
    const body = await zipBundle().write([file('2026-11-20/u\u0308ber.txt', 'aaaa')])
    const bytes = Buffer.from(await body.arrayBuffer())
    const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1')
    expect(bytes.readUInt16LE(directory + 8) & 0x800).toBe(0x800)
    expect(bytes.readUInt16LE(directory + 10)).toBe(0)
    const length = bytes.readUInt16LE(directory + 28)
    expect(bytes.toString('utf8', directory + 46, directory + 46 + length)).toBe(
      '2026-11-20/über.txt',
    )
  })

  test('keeps bytes that came in many pieces, and the same film twice', async () => {
    const film = new Blob([new Uint8Array(3_000_000).map((_, at) => at % 251)])
    const body = await zipBundle().write([
      file('d/a.mp4', film),
      file('d/b.mp4', film),
      file('d/c', ''),
    ])
    const path = join(scratch, 'films.zip')
    writeFileSync(path, Buffer.from(await body.arrayBuffer()))
    execFileSync('unzip', ['-tqq', path])
    const sums = ['d/a.mp4', 'd/b.mp4'].map((name) =>
      sumOf(execFileSync('unzip', ['-p', path, name], { maxBuffer: 10_000_000 })),
    )
    expect(sums).toEqual(Array(2).fill(sumOf(Buffer.from(await film.arrayBuffer()))))
  })

  test('ends at once when it is broken off, and asks for no further file', async () => {
    const leaving = new AbortController()
    const asked: number[] = []
    async function* files() {
      for (let at = 0; at < 100; at += 1) {
        asked.push(at)
        if (at === 3) leaving.abort()
        yield file(`d/${at}`, 'bytes')
      }
    }
    const writing = zipBundle().write(files(), { signal: leaving.signal })
    await expect(writing).rejects.toThrow('aborted')
    expect(asked.length).toBeLessThan(6)
  })

  test('says which file could not be read', async () => {
    const gone = new Blob(['x'])
    gone.stream = () =>
      new ReadableStream({
        pull() {
          throw new DOMException('gone', 'NotReadableError')
        },
      })
    const writing = zipBundle().write([file('d/ok', 'ok'), file('d/gone.mp4', gone)])
    await expect(writing).rejects.toMatchObject({
      failure: { kind: 'not-stored', name: 'd/gone.mp4' },
    })
  })
})

function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
