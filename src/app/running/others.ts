import { useEventListener, useIntervalFn } from '@vueuse/core'
import { attempt, type Attempt } from '../../sync/attempt.ts'
import { aloneIfFree } from './alone.ts'
import type { Session } from '../session.ts'

const minuteMs = 60_000

// Whoever clicks "Update" in another window waits no longer than this for a glance.
const patienceMs = 10_000

type Watch = {
  /** Whether a glance would be in nobody's way and do no harm. */
  readonly mayAsk: () => boolean
  /** Whether what is on the screen is so old that all is looked at when somebody returns to it. */
  readonly isStale: () => boolean
  readonly look: () => Promise<void>
  readonly onAnswer: (glance: Attempt<boolean>) => void
}

export type Others = {
  /** Ends a glance that is under way. */
  breakOff(): void
}

/** Asks every minute, and when somebody returns to the page, whether others changed the sync folder. */
export function watchOthers({ ports, profile }: Session, watch: Watch): Others {
  let asking: AbortController | undefined

  async function ask(): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || asking || !isAtHand() || !watch.mayAsk()) return
    asking = new AbortController()
    const { signal } = asking
    try {
      const glance = await aloneIfFree(id, () => attempt(() => glanceAt(id, signal)))
      if (glance && !signal.aborted) watch.onAnswer(glance)
    } catch (error) {
      if (!isCancelled(error)) throw error
    } finally {
      asking = undefined
    }
  }

  async function glanceAt(id: string, broken: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([broken, AbortSignal.timeout(patienceMs)])
    const result = await ports.worker.run({ do: 'glance', profile: id }, { signal })
    return result.did === 'glance' && result.isChanged
  }

  async function comeBack(): Promise<void> {
    if (!isAtHand() || !watch.mayAsk()) return
    await (watch.isStale() ? watch.look() : ask())
  }

  useIntervalFn(() => void ask(), minuteMs)
  useEventListener(document, 'visibilitychange', () => void comeBack())
  // Two windows side by side are both visible all the time.
  useEventListener(globalThis, 'focus', () => void comeBack())

  return {
    breakOff: () => asking?.abort(),
  }
}

function isAtHand(): boolean {
  return document.visibilityState === 'visible' && navigator.onLine
}

function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && ['AbortError', 'TimeoutError'].includes(error.name)
}
