import { describe, expect, test } from 'vitest'
import type { ReaderWorker } from '../../../src/adapters/jwpub/line.ts'
import { publicationReader } from '../../../src/adapters/jwpub/reader.ts'
import { readerWorker } from '../../doubles/reader-worker.ts'
import { publicationFile } from '../../fixtures/publications.ts'

/** Workers as they are started, and word of each that is ended. */
function workers(make: () => ReaderWorker = readerWorker) {
  const started: ReaderWorker[] = []
  let ended = 0
  let tell: () => void = () => undefined
  const firstEnd = new Promise<void>((resolve) => (tell = resolve))
  return {
    started,
    firstEnd,
    ended: () => ended,
    start: (): ReaderWorker => {
      const worker = make()
      const terminate = worker.terminate.bind(worker)
      worker.terminate = () => {
        terminate()
        ended += 1
        tell()
      }
      started.push(worker)
      return worker
    },
  }
}

/** A worker that is asked and says nothing; `fail` is what a browser does when its script cannot be had. */
function silentWorker(): ReaderWorker & { fail(): void } {
  const events = new EventTarget()
  return {
    postMessage: () => undefined,
    terminate: () => undefined,
    addEventListener: (type, listener) => {
      events.addEventListener(type, listener)
    },
    fail: () => events.dispatchEvent(new Event('error')),
  }
}

describe('the reader', () => {
  test('starts no worker before something is opened, and one for all', async () => {
    const { started, start } = workers()
    const reader = publicationReader({ startWorker: start })
    expect(started).toHaveLength(0)
    const opened = await Promise.all([
      reader.open(await publicationFile()),
      reader.open(await publicationFile()),
    ])
    expect(started).toHaveLength(1)
    await Promise.all(opened.map(async (publication) => publication.close()))
  })

  test('ends its worker once nothing is open, and starts another one when it is asked again', async () => {
    const all = workers()
    const reader = publicationReader({ startWorker: all.start, idleMs: 1 })
    const first = await reader.open(await publicationFile())
    await first.close()
    await all.firstEnd
    const second = await reader.open(await publicationFile())
    expect(second.documents).toHaveLength(2)
    expect(all.started).toHaveLength(2)
    await second.close()
  })

  test('keeps its worker as long as something is open', async () => {
    const all = workers()
    const reader = publicationReader({ startWorker: all.start, idleMs: 1 })
    const open = await reader.open(await publicationFile())
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      expect((await open.document(2))?.media).toHaveLength(4)
    }
    expect(all.ended()).toBe(0)
    await open.close()
    await all.firstEnd
  })

  test('gives up a worker that a file keeps busy for ever, and reads the next one with a new one', async () => {
    const makes = [silentWorker, readerWorker]
    const all = workers(() => (makes.shift() ?? readerWorker)())
    const reader = publicationReader({ startWorker: all.start, silenceMs: 50 })
    await expect(reader.open(await publicationFile())).rejects.toMatchObject({
      failure: { kind: 'bad-publication', name: 'w_E_202609.jwpub' },
    })
    await all.firstEnd
    const patient = publicationReader({ startWorker: all.start })
    const next = await patient.open(await publicationFile())
    expect(next.documents).toHaveLength(2)
    await next.close()
  })

  test('says that it cannot be reached where its code cannot be had', async () => {
    const worker = silentWorker()
    const reader = publicationReader({ startWorker: () => worker })
    const opening = reader.open(await publicationFile())
    worker.fail()
    await expect(opening).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
  })

  test('closes what was cancelled while it was opened', async () => {
    const said: string[] = []
    const { start } = workers(() => {
      const worker = readerWorker()
      const post = worker.postMessage.bind(worker)
      worker.postMessage = (message) => {
        said.push(message.jwpub)
        post(message)
      }
      return worker
    })
    const reader = publicationReader({ startWorker: start })
    const controller = new AbortController()
    const opening = reader.open(await publicationFile(), { signal: controller.signal })
    controller.abort()
    await expect(opening).rejects.toBe(controller.signal.reason)
    expect(said).toEqual(['open', 'close'])
  })

  test('leaves alone what was opened with a signal that is aborted later', async () => {
    const reader = publicationReader({ startWorker: readerWorker })
    const controller = new AbortController()
    const open = await reader.open(await publicationFile(), { signal: controller.signal })
    controller.abort()
    expect((await open.document(2))?.media).toHaveLength(4)
    await open.close()
  })

  test('answers nothing about a publication that was closed', async () => {
    const reader = publicationReader({ startWorker: readerWorker })
    const open = await reader.open(await publicationFile())
    await open.close()
    await expect(open.document(2)).rejects.toThrow('not open')
  })
})
