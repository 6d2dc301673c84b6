import { computed } from 'vue'
import type { Profile } from '../../sync/ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The ways into Lectern, and the way out. */
export function useWelcome() {
  const { ports, profile, refresh } = useSession()
  const { whenQuiet } = useRunner()
  const { store, secrets, folders, clock, config } = ports

  async function open(next: Profile): Promise<void> {
    await store.putProfile(next)
    await refresh()
  }

  return {
    hasSample: computed(() => config.sample !== undefined),

    openSample: async (name: string): Promise<void> => {
      const { sample } = config
      if (!sample) return
      const id = clock.newId()
      await secrets.putPassword(id, sample.password)
      const connection = { origin: location.origin, user: sample.user, folder: sample.dav }
      await open({ id, name, connection })
    },

    startAlone: async (name: string): Promise<void> => {
      await open({ id: clock.newId(), name })
    },

    /** Wipes the password, the media, the folder's handle and all that is kept, at once. */
    forget: async (): Promise<void> => {
      const id = profile.value?.id
      if (id === undefined) return
      await whenQuiet(async () => {
        await secrets.dropPassword(id)
        await folders.drop(id)
        await store.dropProfile(id)
      })
      await refresh()
    },
  }
}
