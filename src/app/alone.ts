/** Runs a task once nothing else runs for the congregation, in any tab: two updates would fetch and write everything twice. */
export function alone<T>(
  profile: string,
  task: () => Promise<T>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<T> {
  return navigator.locks.request(lockOf(profile), options, task)
}

/** Runs a task if nothing else runs for the congregation in any tab; undefined where something does. */
export function aloneIfFree<T>(profile: string, task: () => Promise<T>): Promise<T | undefined> {
  const options = { ifAvailable: true }
  return navigator.locks.request(lockOf(profile), options, (lock) => (lock ? task() : undefined))
}

function lockOf(profile: string): string {
  return `lectern-${profile}`
}
