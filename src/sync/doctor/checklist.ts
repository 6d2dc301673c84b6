import { checks, type Check, type CheckState } from '../../domain/diagnosis.ts'

/** A check that came into a state. */
export type Step = { readonly check: Check; readonly state: CheckState }

/** The checks as they go on. */
export type Checklist = {
  /** Says how a check is; the same twice is said once. */
  set(check: Check, state: CheckState): void
  /** Begins a check: of those before it, which were waiting or under way, nothing was wrong. */
  reach(check: Check): void
  /** Ends with a check that is broken: those after it can tell nothing. */
  stopAt(check: Check): void
  states(): Readonly<Record<Check, CheckState>>
}

const isOpen = (state: CheckState) => state === 'waiting' || state === 'running'

export function checklist(onStep: (step: Step) => void): Checklist {
  const states: Record<Check, CheckState> = {
    address: 'waiting',
    reachable: 'waiting',
    cors: 'waiting',
    preflight: 'waiting',
    login: 'waiting',
    webdav: 'waiting',
    folder: 'waiting',
    listing: 'waiting',
    writing: 'waiting',
    etag: 'waiting',
    range: 'waiting',
    space: 'waiting',
  }

  function set(check: Check, state: CheckState): void {
    if (states[check] === state) return
    states[check] = state
    onStep({ check, state })
  }

  function settle(some: readonly Check[], state: CheckState): void {
    for (const check of some) if (isOpen(states[check])) set(check, state)
  }

  return {
    set,
    reach(check) {
      settle(checks.slice(0, checks.indexOf(check)), 'fine')
      set(check, 'running')
    },
    stopAt(check) {
      const place = checks.indexOf(check)
      settle(checks.slice(0, place), 'fine')
      set(check, 'broken')
      for (const later of checks.slice(place + 1)) set(later, 'skipped')
    },
    states: () => ({ ...states }),
  }
}
