import type { Store } from '../../sync/ports.ts'

/** Runs a task once nothing else runs for the congregation, in any tab: two updates would fetch and write everything twice. */
function alone<T>(
  profile: string,
  task: () => Promise<T>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<T> {
  return navigator.locks.request(nameOf(profile), options, task)
}

/**
 * Runs a task as `alone` does; undefined where the congregation was forgotten while the task waited for its turn, for it
 * would write of it again.
 */
export function aloneWhileKnown<T>(
  profile: string,
  task: () => Promise<T>,
  { store, ...options }: { readonly store: Pick<Store, 'profiles'>; readonly signal?: AbortSignal },
): Promise<T | undefined> {
  const isKnown = async () => (await store.profiles()).some(({ id }) => id === profile)
  return alone(profile, async () => ((await isKnown()) ? task() : undefined), options)
}

/** Runs a task if nothing else runs for the congregation in any tab; undefined where something does. */
export function aloneIfFree<T>(profile: string, task: () => Promise<T>): Promise<T | undefined> {
  const options = { ifAvailable: true }
  return navigator.locks.request(nameOf(profile), options, (lock) => (lock ? task() : undefined))
}

/** The other tabs in which the congregation is open. */
export type OtherTabs = {
  /** Asks them to break off what they do for it, or wait to do. */
  breakOff(): void
  close(): void
}

const breakOff = 'break-off'

/** Hears when another tab asks to break off, and asks the others. A tab never hears itself. */
export function otherTabs(profile: string, onBreakOff: () => void): OtherTabs {
  const channel = new BroadcastChannel(nameOf(profile))
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === breakOff) onBreakOff()
  }
  return {
    breakOff: () => {
      channel.postMessage(breakOff)
    },
    close: () => {
      channel.close()
    },
  }
}

/** Asks the tabs in which a congregation is open that is not open in this one. */
export function breakOffElsewhere(profile: string): void {
  const tabs = otherTabs(profile, () => {})
  tabs.breakOff()
  tabs.close()
}

function nameOf(profile: string): string {
  return `lectern-${profile}`
}
