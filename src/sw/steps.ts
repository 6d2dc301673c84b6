import { failureOf } from '../domain/failure.ts'
import { isToWorker, type FromWorker, type ToWorker } from '../sync/messages.ts'
import { carryOut, type StepPorts } from '../sync/steps.ts'

/** Builds the ports a task of that profile needs. */
export type PortsFor = (profile: string, password?: string) => Promise<StepPorts>

type Reply = (message: FromWorker) => void

/** Hears the page's messages and carries out its tasks, each one bounded step whose effect is kept. */
export function taskListener(portsFor: PortsFor): (event: ExtendableMessageEvent) => void {
  const running = new Map<string, AbortController>()
  return (event) => {
    const data: unknown = event.data
    const { source } = event
    if (!isToWorker(data) || !source) return
    const reply: Reply = (message) => {
      source.postMessage(message)
    }
    switch (data.lectern) {
      case 'task':
        event.waitUntil(runTask(data, { portsFor, running, reply }))
        break
      case 'cancel':
        running.get(data.id)?.abort()
        break
      case 'ping':
        if (!running.has(data.id)) reply({ lectern: 'unknown', id: data.id })
        break
    }
  }
}

type Scene = {
  readonly portsFor: PortsFor
  readonly running: Map<string, AbortController>
  readonly reply: Reply
}

async function runTask(
  { id, task, password }: Extract<ToWorker, { lectern: 'task' }>,
  { portsFor, running, reply }: Scene,
): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    const ports = await portsFor(task.profile, password)
    const result = await carryOut(ports, task, {
      signal: controller.signal,
      onReceived: (ref, bytes) => {
        reply({ lectern: 'received', id, ref, bytes })
      },
    })
    reply({ lectern: 'done', id, result })
  } catch (error) {
    reply(answerTo(error, id, controller.signal))
  } finally {
    running.delete(id)
  }
}

function answerTo(error: unknown, id: string, signal: AbortSignal): FromWorker {
  const failure = failureOf(error)
  if (failure) return { lectern: 'failed', id, failure }
  if (signal.aborted) return { lectern: 'cancelled', id }
  return { lectern: 'broken', id, message: error instanceof Error ? error.message : String(error) }
}
