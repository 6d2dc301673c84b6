/** As long as a slow device may take for one step, in milliseconds. */
const patienceMs = 15_000

type Wait = {
  /** The event that tells of success; `error` tells of the contrary. */
  readonly good: string
  readonly begin: () => unknown
  readonly signal: AbortSignal | undefined
}

export type Outcome = 'good' | 'bad' | 'late'

/** Begins something with an element and waits how it ends. Rejects with the signal's reason. */
export async function settled(
  element: HTMLElement,
  { good, begin, signal }: Wait,
): Promise<Outcome> {
  signal?.throwIfAborted()
  const over = new AbortController()
  const outcome = await new Promise<Outcome>((resolve) => {
    const end = (answer: Outcome) => () => {
      resolve(answer)
    }
    const options = { signal: over.signal }
    element.addEventListener(good, end('good'), options)
    element.addEventListener('error', end('bad'), options)
    signal?.addEventListener('abort', end('late'), options)
    const timer = setTimeout(end('late'), patienceMs)
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer)
    })
    begin()
  })
  over.abort()
  signal?.throwIfAborted()
  return outcome
}

/** Gives bytes an address for as long as a task runs. */
export async function withAddress<T>(
  blob: Blob,
  task: (address: string) => Promise<T>,
): Promise<T> {
  const address = URL.createObjectURL(blob)
  try {
    return await task(address)
  } finally {
    URL.revokeObjectURL(address)
  }
}
