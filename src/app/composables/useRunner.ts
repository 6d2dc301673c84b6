import { inject } from 'vue'
import { runnerKey, type Runner } from '../running/runner.ts'

/** Sending and updating, of which one runs at a time over all tabs. */
export function useRunner(): Runner {
  const runner = inject(runnerKey)
  if (!runner) throw new Error('useRunner needs the app that main.ts makes')
  return runner
}
