import type { JworgSwitches } from './switches.ts'

/** Which release of a file is the newest, counted from 1. */
export type Releases = {
  /** Told each time that somebody asks about the file. */
  ask(name: string): number
}

/** Files that the switches name are released anew before the second question about them. */
export function createReleases(switches: JworgSwitches): Releases {
  const asked = new Set<string>()
  return {
    ask(name) {
      if (switches.rereleases?.test(name) !== true) return 1
      const release = asked.has(name) ? 2 : 1
      asked.add(name)
      return release
    },
  }
}
