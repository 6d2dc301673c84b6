type Settling = { readonly done: Promise<void>; abort(): void }

/**
 * The result of work in a transaction, once it is committed; work that fails aborts it. Both promises are listened to,
 * so that an abort is heard once and never as an unhandled rejection.
 */
export async function settled<Transaction extends Settling, Result>(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const working = work(transaction).catch((error: unknown) => {
    abort(transaction)
    throw error
  })
  const [worked, done] = await Promise.allSettled([working, transaction.done])
  if (worked.status === 'fulfilled' && done.status === 'fulfilled') return worked.value
  throw firstCause([worked, done])
}

// An AbortError is but the echo of what made the transaction abort: a request's error, or at the commit a full disk.
function firstCause(outcomes: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }): unknown => reason)
  return reasons.find((reason) => nameOf(reason) !== 'AbortError') ?? reasons[0]
}

// A transaction that aborted by itself cannot be aborted again; one in which a value that cannot be stored, or our own refusal, has not.
function abort(transaction: Settling): void {
  try {
    transaction.abort()
  } catch (error) {
    if (nameOf(error) !== 'InvalidStateError') throw error
  }
}

/** The name of a DOMException or Error; empty for anything else. */
export function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : ''
}
