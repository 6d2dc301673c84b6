import { failureOf } from '../domain/failure.ts'
import { isToWorker, type FromWorker, type ToWorker } from '../sync/messages.ts'
import { carryOut, type StepPorts, type Task } from '../sync/steps.ts'
import type { Message } from './message.ts'

export type TaskHost = {
  /** Builds the ports a task of that profile needs. */
  readonly portsFor: (profile: string, told: Told) => Promise<StepPorts>
  /** Whether the page of that client id is still there. */
  readonly isOpen: (page: string) => Promise<boolean>
}

/** What only the page knows. */
export type Told = Pick<TaskMessage, 'password' | 'relay'>

type Reply = (message: FromWorker) => void

type Running = {
  /** The client id of the page that asked. */
  readonly page: string
  readonly file: string | undefined
  readonly controller: AbortController
  readonly ended: Promise<void>
}

type Scene = {
  readonly host: TaskHost
  readonly running: Map<string, Running>
  readonly page: string
  readonly reply: Reply
}

/** Hears the page's messages and carries out its tasks, each one bounded step whose effect is kept. */
export function taskListener(host: TaskHost): (message: Message) => void {
  const running = new Map<string, Running>()
  return (message) => {
    const { data, source } = message
    if (!isToWorker(data) || !source) return
    const reply: Reply = (answer) => {
      source.postMessage(answer)
    }
    const { id: page = '' } = source
    if (data.lectern === 'task') message.waitUntil(begin(data, { host, running, page, reply }))
    else if (!running.has(data.id)) reply({ lectern: 'unknown', id: data.id })
    else if (data.lectern === 'cancel') running.get(data.id)?.controller.abort()
  }
}

type TaskMessage = Extract<ToWorker, { lectern: 'task' }>

async function begin(message: TaskMessage, scene: Scene): Promise<void> {
  const { id, task } = message
  const { running, page } = scene
  const earlier = [...running.values()]
  const controller = new AbortController()
  const file = fileOf(task)
  const ended = makeWay(earlier, file, scene)
    .then(() => runTask(message, controller.signal, scene))
    .finally(() => running.delete(id))
  running.set(id, { page, file, controller, ended })
  await ended
}

function fileOf(task: Task): string | undefined {
  return task.do === 'fetch-part' ? task.file.ref : undefined
}

/**
 * Ends what a page asked for that is gone now (its lock is gone with it, and the next page may ask for the same), and
 * lets the part of a file come before the next one begins: two at once would both be kept.
 */
async function makeWay(
  earlier: readonly Running[],
  file: string | undefined,
  { host }: Scene,
): Promise<void> {
  await Promise.all(
    earlier.map(async (other) => {
      const isOrphan = !(await host.isOpen(other.page))
      if (isOrphan) other.controller.abort()
      if (isOrphan || (file !== undefined && other.file === file)) await other.ended
    }),
  )
}

async function runTask(
  { id, task, ...told }: TaskMessage,
  signal: AbortSignal,
  { host, reply }: Scene,
): Promise<void> {
  try {
    const ports = await host.portsFor(task.profile, told)
    const result = await carryOut(ports, task, {
      signal,
      onReceived: (ref, bytes) => {
        reply({ lectern: 'received', id, ref, bytes })
      },
    })
    reply({ lectern: 'done', id, result })
  } catch (error) {
    reply(answerTo(error, id, signal))
  }
}

function answerTo(error: unknown, id: string, signal: AbortSignal): FromWorker {
  const failure = failureOf(error)
  if (failure) return { lectern: 'failed', id, failure }
  if (signal.aborted) return { lectern: 'cancelled', id }
  return { lectern: 'broken', id, message: error instanceof Error ? error.message : String(error) }
}
