import { Failed } from '../../domain/failure.ts'
import { asFailed } from './failures.ts'

/** How long a server may stay silent before it counts as unreachable, milliseconds. */
export type Limits = {
  /** Until an answer begins, and in the middle of a listing. */
  readonly answerMs: number
  /** After the last byte of an upload, and for a move: some servers hash or copy the whole file first. */
  readonly deedMs: number
}

export const usualLimits: Limits = { answerMs: 60_000, deedMs: 600_000 }

/** What is under way with the server. */
export type Line = {
  /** Aborts with the reason of who cancelled, or with 'unreachable' after too long a silence. */
  readonly signal: AbortSignal
  /** The server lives: it may be silent for as long again. */
  heard(): void
  /** From here on it may be silent as long as it likes. */
  trust(): void
}

type Bounds = { readonly silenceMs: number; readonly signal?: AbortSignal | undefined }

/** Does something with the server that ends when it is cancelled or the server stays silent; rejects as the port may. */
export async function onLine<T>(
  { silenceMs, signal }: Bounds,
  act: (line: Line) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const cancel = () => {
    controller.abort(signal?.reason)
  }
  const giveUp = () => {
    controller.abort(new Failed({ kind: 'unreachable' }))
  }
  let timer = setTimeout(giveUp, silenceMs)
  const trust = () => {
    clearTimeout(timer)
  }
  const heard = () => {
    trust()
    timer = setTimeout(giveUp, silenceMs)
  }
  signal?.addEventListener('abort', cancel)
  try {
    return await act({ signal: controller.signal, heard, trust })
  } catch (error) {
    throw asFailed(error, controller.signal)
  } finally {
    trust()
    signal?.removeEventListener('abort', cancel)
  }
}
