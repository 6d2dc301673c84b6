import { computed, ref, shallowRef, watch } from 'vue'
import {
  changeBy,
  decide,
  decideAgain,
  decidedOf,
  decideSameMedia,
  overtaken,
  unfinished,
  unsetMedia,
  withoutValues,
  type Decisions,
} from '../../domain/decisions.ts'
import type { Failure } from '../../domain/failure.ts'
import type { ForcedChange } from '../../domain/forced.ts'
import { forcedPath } from '../../domain/layout.ts'
import {
  defaultSettings,
  forcibleKeys,
  formerPaths,
  settingOf,
  wirePath,
  type ForcibleKey,
  type SettingKey,
  type SettingValue,
} from '../../domain/settings.ts'
import { attempt } from '../../sync/attempt.ts'
import { changeForced } from '../../sync/forced.ts'
import { windowNow } from '../../sync/update/refresh.ts'
import { aloneWhileKnown } from '../running/alone.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

type Value = SettingValue<SettingKey> | undefined

/** `isReplacing` is the user's word that a file nobody can read may be written anew. */
type SaveChoice = { readonly isReplacing?: boolean }

/** A change that is not saved yet; undefined where each device has its own. */
export type Change = { readonly key: ForcibleKey; readonly before: Value; readonly after: Value }

/** The congregation-wide settings: chosen here first, then saved for everyone. */
export function useEveryone() {
  const session = useSession()
  const { ports, profile, snapshot, refresh } = session
  const { look, isUpdating } = useRunner()
  const decisions = shallowRef<Decisions>({})
  const overtakenKeys = shallowRef<readonly ForcibleKey[]>([])
  const askedKeys = shallowRef<readonly ForcibleKey[]>([])
  const isSameMedia = ref(false)
  const failure = shallowRef<Failure>()
  const isSaving = ref(false)
  const isUnreadable = ref(false)
  const forced = computed(() => snapshot.value?.forced ?? {})
  const own = computed(() => snapshot.value?.ownSettings ?? defaultSettings)
  const change = computed(() => changeBy(decisions.value, forced.value))
  const missing = computed(() => withoutValues(decisions.value))

  function clear(): void {
    decisions.value = {}
    overtakenKeys.value = []
    askedKeys.value = []
    isSameMedia.value = false
  }

  /** Learns what stands in the sync folder now; what is sent and fetched is not its business. */
  async function see(id: string): Promise<void> {
    const window = await windowNow(ports, id)
    const seen = await ports.worker.run({ do: 'look', profile: id, window })
    isUnreadable.value = seen.did === 'look' && seen.unreadable.includes(forcedPath)
    await refresh()
  }

  async function trying(task: (id: string) => Promise<boolean>): Promise<boolean> {
    const id = profile.value?.id
    if (id === undefined) return false
    failure.value = undefined
    const tried = await attempt(() => aloneWhileKnown(id, () => task(id), { store: ports.store }))
    if (profile.value?.id === id) failure.value = tried.failure
    return tried.value ?? false
  }

  async function saveOnce(id: string, { isReplacing = false }: SaveChoice): Promise<boolean> {
    await see(id)
    overtakenKeys.value = overtaken(decisions.value, forced.value)
    decisions.value = decideAgain(decisions.value, forced.value)
    if (overtakenKeys.value.length > 0) return false
    await writeChange(id, change.value, isReplacing)
    isUnreadable.value = false
    // What lacks a value could not be saved, and is not forgotten for that.
    decisions.value = unfinished(decisions.value)
    await refresh()
    // It holds here from now on: other days, another programme.
    void look()
    return true
  }

  async function writeChange(id: string, next: ForcedChange, replaceUnreadable: boolean) {
    const remote = await ports.remoteOf(id)
    if (!remote) throw new Error('congregation sync was switched off meanwhile')
    await changeForced({ ...ports, remote }, next, { profile: id, replaceUnreadable })
  }

  watch(() => profile.value?.id, clear)

  return {
    isSaving,
    /** True while what is saved must wait for the update that runs. */
    mustWait: computed(() => isSaving.value && isUpdating.value),
    failure,
    isUnreadable,
    /** Settings that somebody else changed meanwhile; nothing was saved, and the next time it is. */
    overtaken: overtakenKeys,
    /** Settings to which the file in the sync folder gives values that make no sense. */
    ignored: computed(() => forcibleKeys.filter((key) => isNamedBy(key, snapshot.value?.ignored))),
    /** Settings that are to be the same for everyone and lack a value. */
    missing,
    /** Those of them for which the user was asked. */
    asked: computed(() => missing.value.filter((key) => askedKeys.value.includes(key))),
    /** What stays with each device though all for the same media was chosen: it is not set here. */
    unset: computed(() =>
      isSameMedia.value ? unsetMedia(decisions.value, forced.value, own.value) : [],
    ),

    changes: computed((): Change[] =>
      forcibleKeys
        .filter((key) => key in change.value)
        .map((key) => ({
          key,
          before: settingOf(forced.value, key),
          after: change.value[key],
        })),
    ),

    forcedOf: (key: ForcibleKey): Value => settingOf(forced.value, key),
    decidedOf: (key: ForcibleKey) => decidedOf(decisions.value, forced.value, key),

    decide(key: ForcibleKey, isForAll: boolean, value: Value): void {
      overtakenKeys.value = []
      decisions.value = decide(decisions.value, forced.value, { key, isForAll, value })
    },

    /** Chooses all that everyone needs for exactly the same media. */
    decideSameMedia(): void {
      isSameMedia.value = true
      decisions.value = decideSameMedia(decisions.value, forced.value, own.value)
    },

    /** Asks for the values that are still needed; false where none is. */
    ask(): boolean {
      askedKeys.value = missing.value
      return missing.value.length > 0
    },

    clear,
    see: () => trying((id) => see(id).then(() => true)),

    /** Saves what was chosen and nothing else; answers false where it was not saved. */
    save: async (choice: SaveChoice = {}): Promise<boolean> => {
      isSaving.value = true
      try {
        return await trying((id) => saveOnce(id, choice))
      } finally {
        isSaving.value = false
      }
    },
  }
}

function isNamedBy(key: ForcibleKey, paths: readonly string[] = []): boolean {
  return [wirePath(key), ...formerPaths(key)].some((path) => paths.includes(path))
}
