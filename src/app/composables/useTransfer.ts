import {
  defaultSettings,
  readSettings,
  settingOf,
  type SettingKey,
  type Settings,
  type SettingValue,
} from '../../domain/settings.ts'
import { safeName } from '../../domain/naming.ts'
import {
  afterTransfer,
  changedKeys,
  mostTransferBytes,
  readTransfer,
  renderTransfer,
  type Transfer,
  type TransferProblem,
} from '../../domain/transfer.ts'
import type { Profile } from '../../sync/ports.ts'
import { addOnce, congregationAt } from '../running/adding.ts'
import { inBrowserSpelling } from './browser-origin.ts'
import { useProfiles } from './useProfiles.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** What loading a file would do, before it is done. */
export type Preview = {
  readonly transfer: Transfer
  /** The congregation on this device that it is for; undefined where there is none, and one will be added. */
  readonly known?: Profile
  readonly isOpen: boolean
  readonly before: Settings
  readonly after: Settings
}

/** The settings of a congregation as a file, out of this device and in. */
export function useTransfer() {
  const { ports, profile, profiles, snapshot, refresh } = useSession()
  const { look } = useRunner()
  const { open } = useProfiles()
  const { store, secrets } = ports

  // A file that names a sync folder is about the congregation of that folder, never about another one.
  function congregationOf({ connection }: Transfer): Profile | undefined {
    if (!connection) return profile.value
    return congregationAt(connection, profiles.value)
  }

  async function preview(transfer: Transfer): Promise<Preview> {
    const known = congregationOf(transfer)
    const before = known
      ? readSettings(await store.document(known.id, 'settings'))
      : defaultSettings
    const isOpen = known !== undefined && known.id === profile.value?.id
    const after = afterTransfer(before, transfer.settings)
    return { transfer, isOpen, before, after, ...(known && { known }) }
  }

  async function add({ transfer: { name, connection }, after }: Preview): Promise<boolean> {
    const make = async (id: string) => {
      // First of all, so that nothing is looked at with settings that are not meant.
      await store.putDocument(id, 'settings', after)
      await store.putProfile({ id, name, ...(connection && { connection }) })
    }
    const id = await addOnce(ports, { connection, make })
    await open(id)
    // The one that another tab added meanwhile may have its password by now.
    return connection !== undefined && !(await secrets.password(id))
  }

  return {
    /** The file with the open congregation's settings, without any secret; undefined where none is open. */
    fileOf: (): File | undefined => {
      if (!snapshot.value) return undefined
      const { profile: open, ownSettings } = snapshot.value
      const name = safeName(`Lectern ${open.name}`)
      // A type that no browser opens by itself.
      const type = 'application/octet-stream'
      return new File([renderTransfer(open, ownSettings)], `${name}.json`, { type })
    },

    /** What a file would do here, or why it cannot be used. */
    read: async (file: Blob): Promise<Preview | TransferProblem> => {
      if (file.size > mostTransferBytes) return 'not-ours'
      const transfer = readUsable(await file.text())
      return typeof transfer === 'string' ? transfer : preview(transfer)
    },

    /** Does what the preview says; answers true where a password has to be entered now. */
    apply: async (shown: Preview): Promise<boolean> => {
      const { known, after } = shown
      if (!known) return add(shown)
      await store.putDocument(known.id, 'settings', after)
      await open(known.id)
      await refresh()
      // Other days, another programme.
      void look()
      return false
    },
  }
}

function readUsable(text: string): Transfer | TransferProblem {
  const transfer = readTransfer(text)
  if (typeof transfer === 'string' || !transfer.connection) return transfer
  const connection = inBrowserSpelling(transfer.connection)
  return connection ? { ...transfer, connection } : 'damaged'
}

/** A setting that would change. */
export type Change = {
  readonly key: SettingKey
  readonly before: SettingValue<SettingKey> | undefined
  readonly after: SettingValue<SettingKey> | undefined
}

/** The lines of a preview. */
export function changesOf({ before, after }: Preview): Change[] {
  return changedKeys(before, after).map((key) => ({
    key,
    before: settingOf(before, key),
    after: settingOf(after, key),
  }))
}
