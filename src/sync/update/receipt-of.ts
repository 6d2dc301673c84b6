import type { CuratedDay } from '../../domain/media.ts'
import { wantedFiles, type Step } from '../../domain/plan.ts'
import type { Attempt } from '../attempt.ts'
import type { ExportReceipt } from '../export/export-receipt.ts'
import type { Outside } from './outside.ts'
import type { Receipt, Trouble } from '../receipt.ts'

/** Everything that came of an update. */
export type Outcome = {
  readonly outside: Outside
  readonly steps: readonly Step[]
  /** The files that could not be stored. */
  readonly unstored: readonly Trouble[]
  /** Undefined when there is no media folder to write. */
  readonly exported: Attempt<ExportReceipt> | undefined
  readonly days: readonly CuratedDay[]
  readonly odd: readonly string[]
  /** Whether the window is known without a gap. */
  readonly isKnown: boolean
  /** How many acts of this device the others do not have yet. */
  readonly waiting: number
}

/** Says in numbers what an update did, and whether this device now has exactly the congregation's list. */
export function receiptOf(outcome: Outcome): Omit<Receipt, 'at' | 'asOf' | 'fingerprint'> {
  const { outside, unstored, exported, odd, isKnown, waiting } = outcome
  const failed = [...outside.troubles, ...troublesOnce(unstored, exported?.value)]
  const { doubtful, unreadable } = outside.look
  const failure = exported?.failure ?? outside.failure
  // Offline nobody claims to know the congregation's list; with the sync folder at hand it must be the same as ours.
  const isAhead = outside.isFresh && waiting > 0
  return {
    ...(exported?.value ? exportCounts(exported.value) : storeCounts(outcome)),
    failed,
    isFresh: outside.isFresh,
    isExported: exported?.value !== undefined,
    isExact: isKnown && !isAhead && failed.length === 0 && !doubtful && !exported?.failure,
    odd: [...odd, ...unreadable],
    ...(doubtful && { doubtful }),
    ...(failure && { failure }),
  }
}

type Counts = Pick<Receipt, 'new' | 'replaced' | 'removed' | 'unchanged'>

function exportCounts(receipt: ExportReceipt): Counts {
  return {
    new: receipt.new.length,
    replaced: receipt.replaced.length,
    removed: receipt.removed.length,
    unchanged: receipt.unchanged.length,
  }
}

function storeCounts({ steps, unstored, days }: Outcome): Counts {
  const planned = steps.filter((step) => step.do !== 'forget').length
  const arrived = Math.max(0, planned - unstored.length)
  return {
    new: arrived,
    replaced: 0,
    removed: steps.length - planned,
    unchanged: wantedFiles(days).length - planned,
  }
}

// A file that could not be stored cannot be exported either: that is one trouble, not two.
function troublesOnce(unstored: readonly Trouble[], exported?: ExportReceipt): Trouble[] {
  const unexported = exported?.failed.map(({ path, failure }) => ({ name: path, failure })) ?? []
  return [
    ...unstored,
    ...unexported.filter(({ failure }) => failure.kind !== 'not-stored' || unstored.length === 0),
  ]
}
