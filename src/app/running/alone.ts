/** Runs a task once nothing else runs for the congregation, in any tab: two updates would fetch and write everything twice. */
export function alone<T>(
  profile: string,
  task: () => Promise<T>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<T> {
  return navigator.locks.request(nameOf(profile), options, task)
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

function nameOf(profile: string): string {
  return `lectern-${profile}`
}
