import { computed } from 'vue'
import {
  defaultSettings,
  isForcible,
  readSettings,
  settingOf,
  withSetting,
  type SettingKey,
  type SettingValue,
} from '../../domain/settings.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

type Value = SettingValue<SettingKey> | undefined

/** One setting as a row shows it. */
export type SettingState = {
  /** What holds: the congregation's word, else this device's. */
  readonly value: Value
  readonly own: Value
  readonly forced: Value
  /** True where the congregation has decided, whatever this device is set to. */
  readonly isLocked: boolean
}

// Of two changes right after each other the second must find the first; both write all settings.
let lastSaved: Promise<unknown> = Promise.resolve()

/** The settings of the open congregation on this device. */
export function useSettings() {
  const { ports, profile, snapshot, settings, refresh } = useSession()
  const { look } = useRunner()
  const own = computed(() => snapshot.value?.ownSettings ?? defaultSettings)
  const forced = computed(() => snapshot.value?.forced ?? {})

  // Read afresh: the snapshot may be older than what another tab has just saved.
  async function save(id: string, key: SettingKey, value: Value): Promise<void> {
    const kept = readSettings(await ports.store.document(id, 'settings'))
    await ports.store.putDocument(id, 'settings', withSetting(kept, key, value))
  }

  return {
    /** When the congregation last decided anything, milliseconds since 1970, where that is known. */
    forcedAt: computed(() => snapshot.value?.forcedAt),

    stateOf: (key: SettingKey): SettingState => {
      const decided = isForcible(key) ? settingOf(forced.value, key) : undefined
      return {
        value: settingOf(settings.value, key),
        own: settingOf(own.value, key),
        forced: decided,
        isLocked: decided !== undefined,
      }
    },

    /** Sets this device's own value, at once; undefined unsets it. What the congregation decides is not touched. */
    set: async (key: SettingKey, value: Value): Promise<void> => {
      const id = profile.value?.id
      if (id === undefined) return
      const saved = lastSaved.then(() => save(id, key, value))
      lastSaved = saved.catch(() => undefined)
      await saved
      await refresh()
      // Other days, another programme.
      void look()
    },
  }
}
