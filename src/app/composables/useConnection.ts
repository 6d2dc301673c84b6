import { computed, reactive, ref, shallowRef } from 'vue'
import { readAddress, type AddressProblem } from '../../domain/address.ts'
import { forgetConnection } from '../../sync/connect.ts'
import { testAccess, type ConnectionTest } from '../../sync/connection-test.ts'
import type { Connection, Profile } from '../../sync/ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The fields of congregation sync: filled from what is saved, tested, saved. */
export function useConnection() {
  const session = useSession()
  const { ports, profile, refresh } = session
  const { sendNow, whenQuiet } = useRunner()
  const form = reactive({ name: '', webAddress: '', port: '', user: '', password: '', folder: '' })
  const isTesting = ref(false)
  const result = shallowRef<ConnectionTest>()
  const problem = ref<AddressProblem | 'another'>()
  fill()

  function fill(): void {
    form.name = profile.value?.name ?? ''
    const connection = profile.value?.connection
    if (!connection) return
    const { protocol, hostname, port } = new URL(connection.origin)
    form.webAddress = `${protocol}//${hostname}`
    form.port = port
    form.user = connection.user
    form.folder = connection.folder
  }

  /** What the fields say, or undefined with `problem` set. */
  function typed(): Connection | undefined {
    const address = readAddress(form)
    problem.value = typeof address === 'string' ? address : undefined
    return typeof address === 'string' ? undefined : { ...address, user: form.user }
  }

  // A saved password stays in force while the field is left empty, for the very server and account it was saved for.
  async function passwordToUse({ origin, user }: Connection): Promise<string> {
    const { id, connection } = profile.value ?? {}
    const isSame = connection?.origin === origin && connection.user === user
    const saved = id !== undefined && isSame ? await ports.secrets.password(id) : undefined
    return form.password || (saved ?? '')
  }

  /** True where other acts and another journal belong: another folder than the one this congregation was seen in. */
  function isAnotherFolder({ origin, folder }: Connection): boolean {
    const { connection, formerly } = profile.value ?? {}
    const known = connection ?? formerly
    if (!known || session.snapshot.value?.listing === undefined) return false
    return known.origin !== origin || known.folder !== folder
  }

  /** What a test learned about the very account that is in use holds at once. */
  async function keepTested(tested: Connection, test: ConnectionTest): Promise<void> {
    const { id, connection } = profile.value ?? {}
    if (id === undefined || !connection || !isSameAccount(connection, tested)) return
    if (!test.ok || test.canWrite === undefined) return
    const { canWrite } = test
    const wasReader = session.snapshot.value?.access?.canWrite === false
    const { keepAccess } = await import('../../sync/publish/access.ts')
    await whenQuiet(() => keepAccess(ports, id, canWrite))
    await refresh()
    // What a reader could not send may go out now.
    if (wasReader && canWrite) void sendNow()
  }

  async function test(): Promise<void> {
    const connection = typed()
    result.value = undefined
    if (!connection) return
    isTesting.value = true
    try {
      const webdavRemote = await ports.webdav()
      const remote = webdavRemote({ connection, password: await passwordToUse(connection) })
      result.value = await testAccess({ remote, clock: ports.clock })
      await keepTested(connection, result.value)
    } finally {
      isTesting.value = false
    }
  }

  async function save(): Promise<boolean> {
    const connection = typed()
    if (connection && isAnotherFolder(connection)) problem.value = 'another'
    if (!connection || problem.value) return false
    const id = profile.value?.id ?? ports.clock.newId()
    const password = await passwordToUse(connection)
    await changeTo({ id, name: form.name, connection }, password)
    form.password = ''
    await refresh()
    void sendNow()
    return true
  }

  async function changeTo(next: Profile, password?: string): Promise<void> {
    const { connection } = profile.value ?? {}
    const keep = async () => {
      if (password !== undefined) await ports.secrets.putPassword(next.id, password)
      await ports.store.putProfile(next)
    }
    if (!connection || (next.connection && isSameAccount(connection, next.connection)))
      return keep()
    // Nothing that runs may still learn about the old account; and what was learned goes first, should all end here.
    await whenQuiet(async () => {
      await forgetConnection(ports, next.id)
      await keep()
    })
  }

  return {
    form,
    isTesting,
    result,
    problem,
    test,
    save,
    isConnected: computed(() => profile.value?.connection !== undefined),
    /** Acts done on this device alone so far, which go to the sync folder once there is one. */
    unsent: computed(() => session.snapshot.value?.outbox.length ?? 0),

    switchOff: async (): Promise<void> => {
      const open = profile.value
      if (!open) return
      const { connection: formerly = open.formerly } = open
      await changeTo({ id: open.id, name: open.name, ...(formerly && { formerly }) })
      await ports.secrets.dropPassword(open.id)
      await refresh()
    },
  }
}

function isSameAccount(one: Connection, other: Connection): boolean {
  return one.origin === other.origin && one.user === other.user && one.folder === other.folder
}
