import { afterEach, beforeEach, vi } from 'vitest'
import { messageWorker } from '../../../src/adapters/worker/worker.ts'
import { refOf } from '../../../src/domain/media.ts'
import type { WantedFile } from '../../../src/domain/plan.ts'
import { taskListener } from '../../../src/sw/steps.ts'
import type { ByteRange, Clock, RemoteBody } from '../../../src/sync/ports.ts'
import type { Task, TaskOptions, TaskResult } from '../../../src/sync/steps.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

type ReadOptions = { signal?: AbortSignal | undefined; range?: ByteRange | undefined }
type Read = (url: string, options: ReadOptions) => Promise<RemoteBody>

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('navigator', { serviceWorker: new EventTarget() })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/**
 * A page and a service worker that carries out its tasks, with what they say to each other carried as a browser would;
 * what JW.org answers to it is the test's `read`.
 */
export function openChannel(read: Read) {
  const store = memoryStore()
  const clock: Clock = {
    now: () => Date.now(),
    today: () => '2026-11-20',
    wait: () => Promise.resolve(),
    newId: () => crypto.randomUUID(),
  }
  const catalogue = {
    week: async () => Promise.reject(new Error('nobody asks for the programme here')),
    read: (url: string, options: ReadOptions = {}) => read(url, options),
  }
  const closed = new Set<string>()
  const said: unknown[] = []
  let listener = fresh()

  function fresh() {
    return taskListener({
      portsFor: async () => ({ store, clock, catalogue }),
      isOpen: async (page) => !closed.has(page),
    })
  }

  function hear(data: unknown, page: string): void {
    const current = listener
    const source = {
      id: page,
      postMessage(answer: unknown) {
        // One that was ended says nothing any more.
        if (current === listener) say(answer)
      },
    }
    current({ data, source, waitUntil: () => undefined })
  }

  function say(data: unknown): void {
    said.push(data)
    const { serviceWorker } = navigator as unknown as { serviceWorker: EventTarget }
    serviceWorker.dispatchEvent(new MessageEvent('message', { data }))
  }

  function workerFor(page: string) {
    const postMessage = (data: unknown) => {
      queueMicrotask(() => {
        hear(structuredClone(data), page)
      })
    }
    return { state: 'activated', postMessage }
  }

  return {
    store,
    /** All that the service worker said, to whomever. */
    said,
    /** A message to the service worker from anybody. */
    hear,
    say,
    workerFor,
    /** Has a task carried out for a page. */
    run: (task: Task, options?: TaskOptions, page = 'tab'): Promise<TaskResult> => {
      const worker = workerFor(page) as unknown as ServiceWorker
      return pageOf(clock, () => worker).run(task, options)
    },
    pageWith: (active: () => ServiceWorker | undefined) => pageOf(clock, active),
    closePage: (page: string) => closed.add(page),
    /** The browser ends the service worker; the next message starts it afresh. */
    restart() {
      listener = fresh()
    },
  }
}

function pageOf(clock: Clock, active: () => ServiceWorker | undefined) {
  return messageWorker({
    clock,
    active,
    here: { run: async (task) => ({ did: 'fetch', failed: [{ ref: task.profile, failure }] }) },
  })
}

/** What the page itself answers, where there is no service worker. */
export const failure = { kind: 'not-stored', name: 'done by the page itself' } as const

/** A picture at JW.org. */
export function picture(name: string, size: number): WantedFile {
  const source = { at: 'jworg', url: `https://media.example/${name}`, version: { size } } as const
  return { ref: refOf(source), name, size, source }
}

export const fetchTask = (...files: WantedFile[]): Task => ({ do: 'fetch', profile: 'hall', files })

/** A read that stands still until it is released or cancelled. */
export function standstill(body: Blob) {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const signals: (AbortSignal | undefined)[] = []
  const read: Read = async (_url, { signal, range }) => {
    signals.push(signal)
    await new Promise<void>((resolve, reject) => {
      void held.then(resolve)
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error)
      })
    })
    return range
      ? { blob: body.slice(range.from, range.to), isPartial: true }
      : { blob: body, isPartial: false }
  }
  return { read, release, signals }
}
