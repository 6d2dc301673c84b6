// What page and service worker say to each other. Every message carries the id of the task it belongs to.
import type { Failure } from '../domain/failure.ts'
import type { RelayPlace } from './relay-account.ts'
import type { Task, TaskResult } from './steps.ts'

export type ToWorker =
  /**
   * `password` only where the congregation has it asked for each time; else the worker finds it itself. `relay` because
   * the page knows what its server offers, also while that is down; the worker would have to ask and wait.
   */
  | {
      readonly lectern: 'task'
      readonly id: string
      readonly task: Task
      readonly password?: string | undefined
      readonly relay?: RelayPlace | undefined
    }
  | { readonly lectern: 'cancel'; readonly id: string }
  /** Keeps the worker awake: browsers end one that hears nothing for 30 s. Answered only if the task is not known. */
  | { readonly lectern: 'ping'; readonly id: string }

export type FromWorker =
  | {
      readonly lectern: 'received'
      readonly id: string
      readonly ref: string
      readonly bytes: number
    }
  | { readonly lectern: 'done'; readonly id: string; readonly result: TaskResult }
  | { readonly lectern: 'failed'; readonly id: string; readonly failure: Failure }
  | { readonly lectern: 'cancelled'; readonly id: string }
  /** The worker was restarted in between: the task must be asked for again. */
  | { readonly lectern: 'unknown'; readonly id: string }
  /** A bug, by its message. */
  | { readonly lectern: 'broken'; readonly id: string; readonly message: string }

const toWorker: readonly ToWorker['lectern'][] = ['task', 'cancel', 'ping']
const fromWorker: readonly FromWorker['lectern'][] = [
  'received',
  'done',
  'failed',
  'cancelled',
  'unknown',
  'broken',
]

export function isToWorker(data: unknown): data is ToWorker {
  return isMessage(data, toWorker)
}

export function isFromWorker(data: unknown): data is FromWorker {
  return isMessage(data, fromWorker)
}

// Both ends are this app in this version, so the kind tells the rest; other libraries' messages have none.
function isMessage(data: unknown, kinds: readonly string[]): boolean {
  if (typeof data !== 'object' || data === null || !('lectern' in data) || !('id' in data)) {
    return false
  }
  return (
    typeof data.id === 'string' && typeof data.lectern === 'string' && kinds.includes(data.lectern)
  )
}
