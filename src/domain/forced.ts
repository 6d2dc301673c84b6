// The congregation-wide settings as `forcedPrefs.json` holds them, which M³ reads and writes too. JWMMF had them all at
// the top; since then they stand in sections. What is not on our list belongs to others: never applied, never lost.
import {
  forcibleKeys,
  formerPaths,
  mediaKeys,
  parseSetting,
  settingOf,
  wirePath,
  type ForcedSettings,
  type ForcibleKey,
  type Settings,
  type SettingValue,
} from './settings.ts'
import { isTree, valueAt, withoutValue, withValue, type Tree } from './tree.ts'

/** What the VO decides: a value for everyone, or undefined to leave it to each device again. */
export type ForcedChange = { readonly [K in ForcibleKey]?: SettingValue<K> | undefined }

/** What is forced, and the paths of values that make no sense. */
export type ForcedFile = { readonly forced: ForcedSettings; readonly ignored: readonly string[] }

/** What a file forces, in any form it ever had; undefined when it is no settings file. */
export function readForced(json: unknown): ForcedFile | undefined {
  if (!isTree(json)) return undefined
  const values = forcibleKeys.flatMap((key) => valuesOf(json, key))
  const ignored = values.flatMap(({ path, value }) => (value === undefined ? [path] : []))
  const forced = values.reduceRight<Tree>(
    (tree, { key, value }) => (value === undefined ? tree : withValue(tree, key, value)),
    {},
  )
  return { forced, ignored }
}

type Said = { readonly key: ForcibleKey; readonly path: string; readonly value: unknown }

/** What a file says of a setting, what counts most first; `value` is undefined where it makes no sense. */
function valuesOf(json: Tree, key: ForcibleKey): Said[] {
  return [...formerPaths(key), wirePath(key)].flatMap((path) => {
    const said = valueAt(json, path)
    return said === undefined || said === null
      ? []
      : [{ key, path, value: parseSetting(key, said) }]
  })
}

/**
 * The text of the file after a change: two spaces, as M³ writes it. What else stands in `old` stays, settings of ours
 * that stand where they stood formerly move to today's place.
 */
export function writeForced(old: unknown, change: ForcedChange): string {
  const moved = forcibleKeys.reduce(withKeyMoved, isTree(old) ? old : {})
  const next = forcibleKeys
    .filter((key) => key in change)
    .reduce((tree, key) => withKey(tree, key, change[key]), moved)
  return JSON.stringify(next, null, 2)
}

function withKeyMoved(tree: Tree, key: ForcibleKey): Tree {
  const former = formerPaths(key)
  const said = valuesOf(tree, key).filter(({ path, value }) => {
    return value !== undefined && former.includes(path)
  })
  const [first] = said
  if (!first) return tree
  const placed = withValue(tree, wirePath(key), first.value)
  return said.reduce((rest, { path }) => withoutValue(rest, path), placed)
}

function withKey(tree: Tree, key: ForcibleKey, value: unknown): Tree {
  const free = formerPaths(key).reduce(withoutValue, tree)
  return value === undefined
    ? withoutValue(free, wirePath(key))
    : withValue(free, wirePath(key), value)
}

/** The change that forces just this, where nothing was forced. */
export function changeTo(forced: Settings | ForcedSettings, keys = forcibleKeys): ForcedChange {
  const values = keys.map((key) => [key, settingOf(forced, key)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** What to force so that everyone has exactly the same media: all that decides it, as it is set here. */
export function proposal(settings: Settings): ForcedChange {
  return changeTo(settings, mediaKeys)
}
