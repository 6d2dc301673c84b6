import { barsTheWay, Failed, failureOf, mayPass, type Failure } from '../domain/failure.ts'
import { attempt } from './attempt.ts'
import type { Clock, Remote } from './ports.ts'

type PatienceOptions = {
  readonly clock: Pick<Clock, 'wait'>
  /** Ends the waiting between two tries. */
  readonly signal?: AbortSignal | undefined
}

const mostTries = 5
const firstWaitMs = 500
const longestWaitMs = 30_000

// Sending so little twice costs less than finding out whether it has arrived.
const smallBytes = 1_048_576

/** The port for one run; see `patient`. */
export type PatientRemote = Remote & {
  /** True for a failure that came again and again: the same need not be asked once more in this run. */
  hasGivenUpOn(error: unknown): boolean
}

/** What a run knows of its line to the server. */
type Line = {
  /** True once the server did what was asked: address and password are right. */
  isProven: boolean
  /** Why nothing more is asked. */
  bar?: Error
  /** The request under way while nothing is proven. */
  probe?: Promise<void> | undefined
}

type Asking = {
  readonly mayRepeat?: (failure: Failure) => boolean
  /** Ends the waiting between two tries. */
  readonly until?: AbortSignal | undefined
}

/**
 * The port for one run: what may pass is asked again, at most 5 times, after 0.5 s × 2ⁿ with full jitter, or after what
 * the server asks for, if that is at most 30 s. Until the first success requests go one at a time and a network error
 * is final. After one wrong password, and when the network or the server's need for rest outlasts all tries, every
 * further call rejects with that same failure unasked. A move and a big write are repeated only where the server surely
 * did nothing.
 */
export function patient(remote: Remote, { clock, signal }: PatienceOptions): PatientRemote {
  const line: Line = { isProven: false }
  const givenUp = new WeakSet<Error>()

  async function ask<T>(
    request: () => Promise<T>,
    { mayRepeat = mayPass, until = signal }: Asking = {},
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await inTurn(line, request)
      } catch (error) {
        const failure = failureOf(error)
        if (!failure || line.bar || !mayRepeat(failure)) throw error
        const waitMs = waitAfter(failure, tries)
        if (waitMs === undefined) throw await giveUp(error as Error, failure)
        await clock.wait(waitMs, { signal: until })
      }
    }
  }

  async function giveUp(error: Error, failure: Failure): Promise<Error> {
    const reason = (await isSilentRefusal(remote, failure, signal)) ? refusedSilently(error) : error
    givenUp.add(reason)
    if (reason === error && barsTheWay(failure)) line.bar = error
    return reason
  }

  return {
    list: (...args) => ask(() => remote.list(...args)),
    // A proof ends earlier than its run.
    listDeep: (folder, options) =>
      ask(() => remote.listDeep(folder, options), { until: options?.signal ?? signal }),
    stat: (...args) => ask(() => remote.stat(...args)),
    read: (...args) => ask(() => remote.read(...args)),
    write: (path, body, options) =>
      ask(() => remote.write(path, body, options), {
        mayRepeat: body.size <= smallBytes ? mayPass : asksForRest,
      }),
    makeFolder: (...args) => ask(() => remote.makeFolder(...args)),
    move: (...args) => ask(() => remote.move(...args), { mayRepeat: surelyDidNothing }),
    remove: (...args) => ask(() => remote.remove(...args)),
    serverTime: () => remote.serverTime(),
    hasGivenUpOn: (error) => error instanceof Error && givenUp.has(error),
  }
}

/** True where the server answers others: it refuses this one thing, in an answer that the browser may not read (CORS). */
export async function isSilentRefusal(
  remote: Remote,
  { kind }: Failure,
  signal?: AbortSignal,
): Promise<boolean> {
  if (kind !== 'unreachable') return false
  return (await attempt(() => remote.list('', { signal }))).failure === undefined
}

/** The failure of something that was refused, nobody knows why. */
export function refusedSilently(cause: unknown): Failed {
  return new Failed({ kind: 'server', status: 0 }, { cause })
}

// A wrong password must not be tried six times at once: some servers lock an account that keeps trying.
async function inTurn<T>(line: Line, request: () => Promise<T>): Promise<T> {
  while (line.probe && !line.isProven) await line.probe
  const asked = askOnce(line, request)
  const end = () => {
    line.probe = undefined
  }
  if (!line.isProven) line.probe = asked.then(end, end)
  return asked
}

async function askOnce<T>(line: Line, request: () => Promise<T>): Promise<T> {
  if (line.bar) throw line.bar
  try {
    const answer = await request()
    line.isProven = true
    return answer
  } catch (error) {
    if (error instanceof Error && endsTheRun(failureOf(error), line)) line.bar = error
    throw error
  }
}

// Servers that leave out CORS on a 401 make a wrong password look like a lost network.
function endsTheRun(failure: Failure | undefined, { isProven }: Line): boolean {
  if (failure?.kind === 'unauthorized') return true
  return !isProven && (failure?.kind === 'unreachable' || failure?.kind === 'offline')
}

/** How long to wait before the next try, in milliseconds; undefined where there is to be none. */
export function waitAfter(failure: Failure, tries: number): number | undefined {
  const askedMs = failure.kind === 'too-many-requests' ? (failure.retryAfterMs ?? 0) : 0
  if (tries >= mostTries || askedMs > longestWaitMs) return undefined
  return Math.max(askedMs, backOffMs(tries))
}

/** 0.5 s × 2ⁿ at most 30 s, of that a random share: devices that met the same trouble do not come back together. */
export function backOffMs(tries: number): number {
  return Math.round(Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1)))
}

// To send a film anew only because a server is in trouble is for the act to decide.
function asksForRest({ kind }: Failure): boolean {
  return kind === 'locked' || kind === 'too-many-requests'
}

function surelyDidNothing(failure: Failure): boolean {
  if (failure.kind === 'server') return failure.status === 425 || failure.status === 503
  return failure.kind === 'locked' || failure.kind === 'too-many-requests'
}
