import { Failed } from '../../domain/failure.ts'
import { isFromReader, type FromReader, type Question, type ToReader } from './messages.ts'
import { spoilt, type Named } from './spoilt.ts'

/** As much of a Worker as is needed. */
export type ReaderWorker = {
  postMessage(message: ToReader): void
  terminate(): void
  addEventListener(type: 'message' | 'error', listener: (event: Event) => void): void
}

export type Patience = {
  /** How long a worker is kept that has nothing open, milliseconds. */
  readonly idleMs: number
  /** How long one that was asked may say nothing, milliseconds. */
  readonly silenceMs: number
}

/** Which file a question is about. */
export type About = Named & { readonly signal?: AbortSignal | undefined }

/** What is said with one worker. */
export type Line = {
  /** A number for the next question. */
  nextId(): number
  /** Rejects with the reason of the signal, or says that the file is spoilt where the worker is lost. */
  ask(question: Question, about: About): Promise<FromReader>
  /** Says that something is not needed any more. */
  close(opened: number): void
  readonly isOver: boolean
}

type Waiting = {
  readonly named: Named
  readonly resolve: (answer: FromReader) => void
  readonly reject: (error: unknown) => void
}

/**
 * Speaks with a worker until it is idle. One that is silent for too long is caught in a file without end: it is given
 * up, and with it all that it has open.
 */
export function lineTo(worker: ReaderWorker, { idleMs, silenceMs }: Patience): Line {
  const waiting = new Map<number, Waiting>()
  const open = new Set<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = 0
  let hasSpoken = false
  let isOver = false

  const end = (loss: (named: Named) => Failed) => {
    isOver = true
    clearTimeout(timer)
    worker.terminate()
    for (const { named, reject } of waiting.values()) reject(loss(named))
  }
  const attend = () => {
    clearTimeout(timer)
    if (isOver || (waiting.size === 0 && open.size > 0)) return
    timer = setTimeout(end, waiting.size > 0 ? silenceMs : idleMs, spoilt)
  }
  const hear = (answer: FromReader) => {
    hasSpoken = true
    if (answer.jwpub === 'opened' || answer.jwpub === 'opened-playlist') open.add(answer.id)
    waiting.get(answer.id)?.resolve(answer)
    attend()
  }
  const close = (opened: number) => {
    if (!isOver) worker.postMessage({ jwpub: 'close', id: opened })
    open.delete(opened)
    attend()
  }

  worker.addEventListener('message', (event) => {
    if ('data' in event && isFromReader(event.data)) hear(event.data)
  })
  worker.addEventListener('error', () => {
    end(hasSpoken ? spoilt : neverHere)
  })

  return {
    nextId: () => (lastId += 1),
    close,
    get isOver() {
      return isOver
    },
    async ask(question, { signal, ...named }) {
      if (isOver) throw spoilt(named)
      const ended = new AbortController()
      try {
        return await new Promise<FromReader>((resolve, reject) => {
          waiting.set(question.id, { named, resolve, reject })
          signal?.addEventListener(
            'abort',
            () => {
              close(question.id)
              reject(signal.reason as Error)
            },
            { signal: ended.signal },
          )
          worker.postMessage(question)
          attend()
        })
      } finally {
        ended.abort()
        waiting.delete(question.id)
        attend()
      }
    },
  }
}

// One that never spoke could not even be started: its code is not here, and cannot be had now.
function neverHere(): Failed {
  return new Failed({ kind: 'unreachable' })
}
