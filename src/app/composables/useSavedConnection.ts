import { computed } from 'vue'
import type { Address } from '../../domain/address.ts'
import { forgetConnection, keepPassword } from '../../sync/connect.ts'
import type { Connection, Profile } from '../../sync/ports.ts'
import { congregationAt } from '../running/adding.ts'
import { profileInBrowserSpelling } from './browser-origin.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The connection that is saved: comparing another one with it, changing it, leaving it. */
export function useSavedConnection() {
  const session = useSession()
  const { ports, profile, refresh } = session
  const { sendNow, whenQuiet } = useRunner()
  // What a form is about stays the same, whatever another tab opens or makes meanwhile.
  const id = profile.value?.id ?? ports.clock.newId()
  const isKnown = profile.value !== undefined
  const subject = computed(() =>
    profile.value?.id === id ? profileInBrowserSpelling(profile.value) : undefined,
  )

  // A saved password stays in force while the field is left empty, for the very server and account it was saved for.
  async function passwordFor({ origin, user }: Connection, given: string): Promise<string> {
    const connection = subject.value?.connection
    const isSame = connection?.origin === origin && connection.user === user
    const saved = isSame ? await ports.secrets.password(id) : undefined
    return given || (saved ?? '')
  }

  /** True where other acts and another journal belong: another folder than the one this congregation was seen in. */
  function isAnotherFolder({ origin, folder }: Connection): boolean {
    const { connection, formerly } = subject.value ?? {}
    const known = connection ?? formerly
    if (!known || session.snapshot.value?.listing === undefined) return false
    return known.origin !== origin || known.folder !== folder
  }

  /** Another congregation on this device that has the folder: both would write this device's file there. */
  function ownerOf(address: Address): Profile | undefined {
    const others = session.profiles.value.filter((other) => other.id !== id)
    return congregationAt(address, others)
  }

  /** What was learned about the very account that is in use holds at once. */
  async function keepAccessOf(account: Connection, canWrite: boolean): Promise<void> {
    const connection = subject.value?.connection
    if (!connection || !isSameAccount(connection, account)) return
    const wasReader = session.snapshot.value?.access?.canWrite === false
    const { keepAccess } = await import('../../sync/publish/access.ts')
    await whenQuiet(() => keepAccess(ports, id, canWrite))
    await refresh()
    // What a reader could not send may go out now.
    if (wasReader && canWrite) void sendNow()
  }

  async function changeTo(next: Profile, password?: string): Promise<void> {
    const connection = subject.value?.connection
    const keep = async () => {
      await keepPassword(ports.secrets, next, password)
      await ports.store.putProfile(next)
    }
    if (!connection || (next.connection && isSameAccount(connection, next.connection)))
      return keep()
    // Nothing that runs may still learn about the old account; and what was learned goes first, should all end here.
    await whenQuiet(async () => {
      await forgetConnection(ports, next.id)
      // No tab may show another server the password of this one.
      await ports.secrets.dropPassword(next.id)
      await keep()
    })
  }

  return {
    /** The congregation that all this is about; it may not be on this device yet. */
    id,
    /** It was on this device when all this began. */
    isKnown,
    isConnected: computed(() => subject.value?.connection !== undefined),
    /** Acts done on this device alone so far, which go to the sync folder once there is one. */
    unsent: computed(() => session.snapshot.value?.outbox.length ?? 0),
    passwordFor,
    isAnotherFolder,
    ownerOf,
    keepAccessOf,
    changeTo,

    switchOff: async (): Promise<void> => {
      const open = subject.value
      if (!open) return
      const { connection: formerly = open.formerly } = open
      await changeTo({ id: open.id, name: open.name, ...(formerly && { formerly }) })
      await ports.secrets.dropPassword(open.id)
      // What the congregation decided for everyone held as long as this device belonged to it.
      await ports.store.putDocument(open.id, 'forced', { version: '', forced: {} })
      await refresh()
    },
  }
}

function isSameAccount(one: Connection, other: Connection): boolean {
  return one.origin === other.origin && one.user === other.user && one.folder === other.folder
}
