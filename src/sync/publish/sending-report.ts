import type { StampedAct } from '../../domain/act.ts'
import type { OutboxItem } from '../ports.ts'
import type { PublishOptions } from './publish.ts'
import type { FileProgress, Progress } from '../receipt.ts'

/** Tells how far the files of the outbox are; acts without bytes of their own are not counted. */
export function sendingReport(
  outbox: readonly OutboxItem[],
  onProgress: ((progress: Progress) => void) | undefined,
): Required<Pick<PublishOptions, 'onSent' | 'onDone'>> {
  const files = new Map(
    outbox.flatMap(({ stamped, isSent }) => {
      const file = isSent ? undefined : fileOf(stamped)
      return file ? [[stamped.id, file] as const] : []
    }),
  )
  const done = new Set<string>()
  tell([])

  function tell(moving: readonly FileProgress[]): void {
    const finished = [...files.values()].filter(({ ref }) => done.has(ref))
    onProgress?.({
      phase: 'sending',
      files: moving,
      doneFiles: finished.length,
      totalFiles: files.size,
      doneBytes: sum([...finished.map(({ size }) => size), ...moving.map((one) => one.received)]),
      totalBytes: sum([...files.values()].map(({ size }) => size)),
    })
  }

  return {
    onSent({ id }, bytes) {
      const file = files.get(id)
      // An upload that ended is still to be checked and moved; what it sends beyond the file is its wrapping.
      if (file) tell([{ ...file, received: Math.min(bytes, file.size) }])
    },
    onDone({ id }) {
      if (!files.has(id)) return
      done.add(id)
      tell([])
    },
  }
}

function fileOf({ id, act }: StampedAct): FileProgress | undefined {
  if (act.do !== 'add') return undefined
  return { ref: id, name: act.name, size: act.size, received: 0 }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
