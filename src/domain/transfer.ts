// Settings as a file that people carry from one device to another. It holds no secret: whoever finds it learns where the
// sync folder is, and not how to get in.
import { readAddress } from './address.ts'
import { isOneLine } from './naming.ts'
import { nameText } from './setting-values.ts'
import {
  parseSetting,
  settingKeys,
  settingOf,
  withSetting,
  type SettingKey,
  type Settings,
  type SettingValue,
} from './settings.ts'
import { valueAt, withValue, type Tree } from './tree.ts'

/** Where a congregation's sync folder is, and for which account; as a device keeps it. */
type Place = { readonly origin: string; readonly user: string; readonly folder: string }

/** What such a file says of the settings; undefined: as before anybody set it. Keys that it does not name stay. */
export type SettingsChange = { readonly [K in SettingKey]?: SettingValue<K> | undefined }

/** What such a file says: of one congregation, as it is called on the device that wrote it. */
export type Transfer = {
  readonly name: string
  /** Undefined where the congregation is on a device alone. */
  readonly connection?: Place
  readonly settings: SettingsChange
}

export type TransferProblem = 'not-ours' | 'too-new' | 'damaged'

const kind = 'lectern-settings'
const version = 1

/** More than any such file has, in bytes: bigger ones are not even read. */
export const mostTransferBytes = 65_536

const longest = 1000

/** What a congregation is set to, as the text of a file. */
export function renderTransfer(
  { name, connection }: { readonly name: string; readonly connection?: Place },
  settings: Settings,
): string {
  const said = { kind, version, name, ...(connection && { connection: placeOf(connection) }) }
  // A setting that is not set is named too: what a file does not name was unknown to the Lectern that wrote it.
  const values = settingKeys.reduce<Tree>(
    (tree, key) => withValue(tree, key, settingOf(settings, key) ?? null),
    {},
  )
  return JSON.stringify({ ...said, settings: values }, null, 2)
}

// Field by field, so that nothing else a caller keeps beside them gets out.
function placeOf({ origin, user, folder }: Place): Place {
  return { origin, user, folder }
}

/** Reads the text of such a file, whoever wrote it; values that make no sense are passed over. */
export function readTransfer(text: string): Transfer | TransferProblem {
  const json = parsed(text)
  if (valueAt(json, 'kind') !== kind) return 'not-ours'
  if (valueAt(json, 'version') !== version) return 'too-new'
  const given = valueAt(json, 'connection')
  const connection = readPlace(given)
  // Without the place it names, a file would change a congregation that it was not made for.
  if (given !== undefined && !connection) return 'damaged'
  const name = nameText(valueAt(json, 'name')) ?? ''
  return { name, settings: readChange(json), ...(connection && { connection }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readPlace(given: unknown): Place | undefined {
  const [origin, user, folder] = ['origin', 'user', 'folder'].map((name) => valueAt(given, name))
  if (typeof origin !== 'string' || typeof user !== 'string' || typeof folder !== 'string') return
  if (!isFolder(folder) || !isLine(user) || !isLine(origin)) return
  // The rules for what people type hold here, too: never without HTTPS, never with a password in it.
  const address = readAddress({ webAddress: origin, port: '', folder: '/' })
  return typeof address === 'string' ? undefined : { origin: address.origin, user, folder }
}

// As it is kept: decoded, with '/' at both ends.
function isFolder(folder: string): boolean {
  return isLine(folder) && /^\/(?:[^/]+\/)*$/.test(folder) && !/\/\.{1,2}\//.test(folder)
}

function isLine(text: string): boolean {
  return text.length <= longest && isOneLine(text)
}

function readChange(json: unknown): SettingsChange {
  const said = settingKeys.flatMap<readonly [SettingKey, unknown]>((key) => {
    const value = valueAt(json, `settings.${key}`)
    const known = parseSetting(key, value)
    return known !== undefined || value === null ? [[key, known]] : []
  })
  return Object.fromEntries(said)
}

/** The settings after what a file says. */
export function afterTransfer(own: Settings, change: SettingsChange): Settings {
  const keys = settingKeys.filter((key) => key in change)
  return keys.reduce<Settings>((settings, key) => withSetting(settings, key, change[key]), own)
}

/** The settings that differ. */
export function changedKeys(before: Settings, after: Settings): SettingKey[] {
  return settingKeys.filter((key) => !isSameValue(settingOf(before, key), settingOf(after, key)))
}

// A value is plain, or a list of plain ones.
function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
