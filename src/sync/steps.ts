// The steps of an update, each bounded and committed before the next: the service worker carries them out, and where
// there is none, the page does.
import type { WantedFile } from '../domain/plan.ts'
import { glance } from './look/glance.ts'
import { look, type Look, type LookOptions, type LookPorts } from './look/look.ts'
import { patient } from './patience.ts'
import {
  receiveFiles,
  receivePart,
  remoteOf,
  type FailedFile,
  type ReceiveOptions,
  type ReceivePorts,
} from './fetch/receive.ts'

/** What carrying out steps needs. */
export type StepPorts = ReceivePorts

/** One bounded piece of work for whoever carries out steps. */
export type Task =
  | ({ readonly do: 'look' } & Omit<LookOptions, 'signal'>)
  /** Asks, as cheaply as the server allows, whether the sync folder was changed since the last look. */
  | { readonly do: 'glance'; readonly profile: string }
  /** Files small enough to come whole; they are committed together. */
  | { readonly do: 'fetch'; readonly profile: string; readonly files: readonly WantedFile[] }
  /** The next part of a big file, at most `maxBytes` (a multiple of 8 MiB). */
  | {
      readonly do: 'fetch-part'
      readonly profile: string
      readonly file: WantedFile
      readonly maxBytes: number
    }

export type TaskResult =
  | ({ readonly did: 'look' } & Look)
  | { readonly did: 'glance'; readonly isChanged: boolean }
  | { readonly did: 'fetch'; readonly failed: readonly FailedFile[] }
  | { readonly did: 'fetch-part'; readonly received: number; readonly isDone: boolean }

export type TaskOptions = ReceiveOptions

/** Somebody who carries out tasks: the service worker behind messages, or this very context. */
export type Worker = { run(task: Task, options?: TaskOptions): Promise<TaskResult> }

/** Carries out a task to its end; what it brought is kept. */
export async function carryOut(
  ports: StepPorts,
  task: Task,
  options: TaskOptions = {},
): Promise<TaskResult> {
  switch (task.do) {
    case 'look':
      return { did: 'look', ...(await look(lookPorts(ports, options), { ...task, ...options })) }
    case 'glance': {
      const asked = { profile: task.profile, signal: options.signal }
      return { did: 'glance', isChanged: await glance(lookPorts(ports, options), asked) }
    }
    case 'fetch':
      return { did: 'fetch', failed: await receiveFiles(ports, task, options) }
    case 'fetch-part':
      return { did: 'fetch-part', ...(await receivePart(ports, task, options)) }
  }
}

// Listing and small documents are asked for with patience; of the media themselves fetch.ts decides what to ask again.
function lookPorts(ports: StepPorts, { signal }: TaskOptions): LookPorts {
  const { store, clock } = ports
  return { store, clock, remote: patient(remoteOf(ports), { clock, signal }) }
}
