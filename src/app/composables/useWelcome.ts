import { computed } from 'vue'
import { forgetCongregation } from '../../sync/forget.ts'
import { addOnce, oneTabAtATime } from '../running/adding.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The ways into Lectern, and the way out. */
export function useWelcome() {
  const { ports, profile, refresh, open } = useSession()
  const { whenQuiet } = useRunner()
  const { store, secrets, clock, config } = ports

  return {
    hasSample: computed(() => config.sample !== undefined),

    openSample: async (name: string): Promise<void> => {
      const { sample } = config
      if (!sample) return
      const connection = { origin: location.origin, user: sample.user, folder: sample.dav }
      const make = async (id: string) => {
        await secrets.putPassword(id, sample.password)
        await store.putProfile({ id, name, connection })
      }
      await open(await addOnce(ports, { connection, make }))
    },

    startAlone: async (name: string): Promise<void> => {
      const id = clock.newId()
      await store.putProfile({ id, name })
      await open(id)
    },

    /** Wipes the password, the media, the folder's handle and all that is kept, at once and in all tabs. */
    forget: async (id = profile.value?.id): Promise<void> => {
      if (id === undefined) return
      await whenQuiet(() => oneTabAtATime(() => forgetCongregation(ports, id)), id)
      dropTraces(id)
      await refresh()
    },
  }
}

// Small things that this browser remembers for the screens, such as which congregation was open.
function dropTraces(id: string): void {
  for (const shelf of [localStorage, sessionStorage])
    for (const [key, value] of Object.entries(shelf))
      if (key.includes(id) || value === id) shelf.removeItem(key)
}
