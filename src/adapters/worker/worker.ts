import { Failed } from '../../domain/failure.ts'
import { isFromWorker, type FromWorker, type ToWorker } from '../../sync/messages.ts'
import type { Clock } from '../../sync/ports.ts'
import type { RelayPlace } from '../../sync/relay-account.ts'
import type { Task, TaskOptions, TaskResult, Worker } from '../../sync/steps.ts'

export type WorkerOptions = {
  readonly clock: Clock
  /** The active service worker; undefined while there is none. */
  readonly active: () => ServiceWorker | undefined
  /** Carries tasks out in this page, where there is no service worker. */
  readonly here: Worker
  /** The password of a profile that only this page holds; the others the service worker finds itself. */
  readonly passwordFor?: (profile: string) => string | undefined
  /** Where JW.org's media can be had for the browser, if anywhere. */
  readonly relay?: RelayPlace | undefined
}

const pingMs = 10_000

/** Has tasks carried out by the service worker, and by this page where there is none. */
export function messageWorker(options: WorkerOptions): Worker {
  return {
    async run(task, taskOptions = {}) {
      for (;;) {
        const worker = options.active()
        if (!worker) return options.here.run(task, taskOptions)
        const result = await ask(worker, task, { ...taskOptions, ...options })
        if (result) return result
        // The worker was restarted and forgot the task; what it had committed is kept, the rest is asked for again.
      }
    },
  }
}

type AskOptions = TaskOptions & WorkerOptions

/** The worker's answer, undefined if it lost the task. */
function ask(
  worker: ServiceWorker,
  task: Task,
  options: AskOptions,
): Promise<TaskResult | undefined> {
  const { clock, signal, passwordFor, relay } = options
  const id = clock.newId()
  const say = (message: ToWorker) => {
    worker.postMessage(message)
  }
  return new Promise((resolve, reject) => {
    const ping = setInterval(() => {
      // One that a newer version has replaced hears nothing any more.
      if (worker.state === 'redundant') end(settle({ lectern: 'unknown', id }, { resolve, reject }))
      else say({ lectern: 'ping', id })
    }, pingMs)
    const ended = new AbortController()
    const end = (finish: () => void) => {
      clearInterval(ping)
      ended.abort()
      finish()
    }
    const hear = ({ data }: MessageEvent<unknown>) => {
      if (!isFromWorker(data) || data.id !== id) return
      if (data.lectern === 'received') options.onReceived?.(data.ref, data.bytes)
      else end(settle(data, { resolve, reject }))
    }
    navigator.serviceWorker.addEventListener('message', hear, { signal: ended.signal })
    signal?.addEventListener(
      'abort',
      () => {
        say({ lectern: 'cancel', id })
      },
      { signal: ended.signal },
    )
    if (signal?.aborted)
      end(() => {
        reject(cancelled())
      })
    else say({ lectern: 'task', id, task, password: passwordFor?.(task.profile), relay })
  })
}

type Promised = {
  readonly resolve: (result: TaskResult | undefined) => void
  readonly reject: (error: Error) => void
}

function settle(message: FromWorker, { resolve, reject }: Promised): () => void {
  return () => {
    switch (message.lectern) {
      case 'done':
        resolve(message.result)
        break
      case 'unknown':
        resolve(undefined)
        break
      case 'failed':
        reject(new Failed(message.failure))
        break
      case 'cancelled':
        reject(cancelled())
        break
      case 'broken':
        reject(new Error(message.message))
        break
      case 'received':
        break
    }
  }
}

function cancelled(): DOMException {
  return new DOMException('The task was cancelled', 'AbortError')
}
