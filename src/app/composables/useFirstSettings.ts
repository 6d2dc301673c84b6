import { onScopeDispose, reactive, shallowRef } from 'vue'
import { forcedPath } from '../../domain/layout.ts'
import {
  parseSetting,
  settingOf,
  type ForcedSettings,
  type SettingValue,
} from '../../domain/settings.ts'
import { attempt } from '../../sync/attempt.ts'
import { maxDocumentBytes, parseForced } from '../../sync/documents.ts'
import type { Remote } from '../../sync/ports.ts'
import type { FirstAnswers } from './setup-draft.ts'
import type { FolderWay } from './useConnection.ts'
import { useSettings } from './useSettings.ts'

const answerOf = {
  'media.language': 'language',
  'meetings.midweek': 'midweek',
  'meetings.weekend': 'weekend',
} as const

/** A setting without which no programme comes. */
export type FirstKey = keyof typeof answerOf

export const firstKeys = Object.keys(answerOf) as readonly FirstKey[]

/** What a new congregation is asked about its meetings, where the sync folder has not decided it for everyone. */
export function useFirstSettings(initial: FirstAnswers) {
  const { set } = useSettings()
  const answers = reactive({ ...initial })
  const forced = shallowRef<ForcedSettings>({})
  const underWay = new AbortController()
  onScopeDispose(() => {
    underWay.abort()
  })

  const ownOf = (key: FirstKey) => parseSetting(key, answers[answerOf[key]])

  return {
    answers,
    ownOf,
    forcedOf: (key: FirstKey) => settingOf(forced.value, key),

    answer: (key: FirstKey, value: SettingValue<FirstKey> | undefined): void => {
      answers[answerOf[key]] = value === undefined ? '' : String(value)
    },

    /** Looks what the congregation has decided. Where that cannot be seen, all is asked, and its word wins later. */
    learn: async ({ start, reach }: FolderWay): Promise<void> => {
      const { value } = await attempt(async () => seenForced(await reach(start), underWay.signal))
      forced.value = value ?? {}
    },

    /** Keeps the answers as the settings of the congregation that is open. */
    keep: async (): Promise<void> => {
      for (const key of firstKeys) {
        const value = ownOf(key)
        const isAsked = settingOf(forced.value, key) === undefined
        if (isAsked && value !== undefined) await set(key, value)
      }
    },
  }
}

async function seenForced(remote: Remote, signal: AbortSignal): Promise<ForcedSettings> {
  const { blob } = await remote.read(forcedPath, { signal })
  const file = blob.size <= maxDocumentBytes ? parseForced(await blob.text()) : undefined
  return file?.forced ?? {}
}
