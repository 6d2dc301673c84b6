import { computed, shallowRef, watch } from 'vue'
import { compareNames } from '../../domain/naming.ts'
import { nameText } from '../../domain/setting-values.ts'
import type { Profile } from '../../sync/ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'
import { useWelcome } from './useWelcome.ts'

/** A congregation on this device, as a row shows it. */
export type ProfileRow = Profile & {
  readonly isOpen: boolean
  /** How many acts the sync folder does not have yet. */
  readonly waiting: number
}

/** The congregations on this device. */
export function useProfiles() {
  const session = useSession()
  const { ports, profile, profiles, refresh } = session
  const { isUpdating, isSending, comeToRest } = useRunner()
  const { forget } = useWelcome()
  const waiting = shallowRef<ReadonlyMap<string, number>>(new Map())
  watch(profiles, countWaiting, { immediate: true })

  async function countWaiting(all: readonly Profile[]): Promise<void> {
    const connected = all.filter(({ connection }) => connection)
    const count = async ({ id }: Profile) => [id, (await ports.store.outbox(id)).length] as const
    waiting.value = new Map(await Promise.all(connected.map(count)))
  }

  return {
    rows: computed((): readonly ProfileRow[] =>
      profiles.value
        .map((one) => ({
          ...one,
          isOpen: one.id === profile.value?.id,
          waiting: waiting.value.get(one.id) ?? 0,
        }))
        .sort((a, b) => compareNames(a.name, b.name)),
    ),

    /** True while something runs that switching would break off. */
    isRunning: computed(() => isUpdating.value || isSending.value),

    /** Opens one; what runs for the other ends first, and goes on where it was when that is opened again. */
    open: async (id: string): Promise<void> => {
      if (id === profile.value?.id) return
      await comeToRest()
      await session.open(id)
    },

    /** Makes room for another one, which the welcome sets up. */
    add: async (): Promise<void> => {
      await comeToRest()
      await session.beginAnother()
    },

    rename: async ({ id }: Pick<Profile, 'id'>, name: string): Promise<void> => {
      const kept = profiles.value.find((one) => one.id === id)
      const read = nameText(name)
      if (kept && read !== undefined) await ports.store.putProfile({ ...kept, name: read })
      await refresh()
    },

    /** Wipes one from this device, be it open or not. */
    forget,
  }
}
