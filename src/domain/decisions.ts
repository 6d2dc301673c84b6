// What the VO has chosen for everyone and not saved yet.
import { proposal, type ForcedChange } from './forced.ts'
import {
  forcibleKeys,
  mediaKeys,
  settingOf,
  withForced,
  type ForcedSettings,
  type ForcibleKey,
  type SettingKey,
  type Settings,
  type SettingValue,
} from './settings.ts'
import { withoutValue, withValue, type Tree } from './tree.ts'

type Value = SettingValue<SettingKey> | undefined

/** `value` counts for everyone, as soon as there is one; `was` is what did when it was chosen. */
type Decision = {
  readonly isForAll: boolean
  readonly value: Value
  readonly was: Value
}

/** What was chosen, by setting. */
export type Decisions = { readonly [K in ForcibleKey]?: Decision }

/** The decisions with one more, on top of what is forced now. */
export function decide(
  decisions: Decisions,
  forced: ForcedSettings,
  choice: { readonly key: ForcibleKey; readonly isForAll: boolean; readonly value: Value },
): Decisions {
  const { key, ...chosen } = choice
  return { ...decisions, [key]: { ...chosen, was: settingOf(forced, key) } }
}

/** What a setting will be for everyone; `isForAll` is true also while it still needs a value. */
export function decidedOf(
  decisions: Decisions,
  forced: ForcedSettings,
  key: ForcibleKey,
): Pick<Decision, 'isForAll' | 'value'> {
  const value = settingOf(forced, key)
  return decisions[key] ?? { isForAll: value !== undefined, value }
}

/** What must be changed for the decisions to hold. */
export function changeBy(decisions: Decisions, forced: ForcedSettings): ForcedChange {
  const changed = forcibleKeys.flatMap((key) => {
    const { isForAll, value } = decidedOf(decisions, forced, key)
    const next = isForAll ? value : undefined
    const isSame = isSameValue(next, settingOf(forced, key))
    return isSame || lacksValue({ isForAll, value }) ? [] : [[key, next]]
  })
  return Object.fromEntries(changed) as ForcedChange
}

/** The settings that are to be the same for everyone and have no value yet. */
export function withoutValues(decisions: Decisions): ForcibleKey[] {
  return forcibleKeys.filter((key) => decisions[key] && lacksValue(decisions[key]))
}

/** The decisions that cannot be saved yet, because they still need a value. */
export function unfinished(decisions: Decisions): Decisions {
  const keys = withoutValues(decisions)
  return Object.fromEntries(keys.map((key) => [key, decisions[key]]))
}

/** The settings that everyone needs for the same media and that stay with each device, because this one has no value. */
export function unsetMedia(
  decisions: Decisions,
  forced: ForcedSettings,
  own: Settings,
): ForcibleKey[] {
  return mediaKeys.filter(
    (key) => !decidedOf(decisions, forced, key).isForAll && settingOf(own, key) === undefined,
  )
}

/** The settings that somebody else changed, to something else, after they were chosen here. */
export function overtaken(decisions: Decisions, forced: ForcedSettings): ForcibleKey[] {
  return forcibleKeys.filter((key) => {
    const { was, isForAll, value } = decisions[key] ?? {}
    const is = settingOf(forced, key)
    const isWanted = isSameValue(is, isForAll ? value : undefined)
    return decisions[key] !== undefined && !isSameValue(is, was) && !isWanted
  })
}

/** The same decisions, made again in sight of what is forced now. */
export function decideAgain(decisions: Decisions, forced: ForcedSettings): Decisions {
  const made = forcibleKeys.flatMap((key) => (decisions[key] ? [{ key, ...decisions[key] }] : []))
  return made.reduce<Decisions>(
    (again, { key, isForAll, value }) => decide(again, forced, { key, isForAll, value }),
    {},
  )
}

/** The decisions that force all on which it depends that everyone has the same media, as it would be here by then. */
export function decideSameMedia(
  decisions: Decisions,
  forced: ForcedSettings,
  own: Settings,
): Decisions {
  const same = proposal(withForced(own, forcedBy(decisions, forced)))
  return mediaKeys
    .filter((key) => key in same)
    .reduce(
      (next, key) => decide(next, forced, { key, isForAll: true, value: same[key] }),
      decisions,
    )
}

function forcedBy(decisions: Decisions, forced: ForcedSettings): ForcedSettings {
  return Object.entries(changeBy(decisions, forced)).reduce<Tree>(
    (tree, [key, value]) =>
      value === undefined ? withoutValue(tree, key) : withValue(tree, key, value),
    forced,
  )
}

/** True for the same value, read at another time. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function lacksValue({ isForAll, value }: Pick<Decision, 'isForAll' | 'value'>): boolean {
  return isForAll && value === undefined
}
