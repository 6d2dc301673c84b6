import { computed, reactive, ref, shallowRef } from 'vue'
import { readAddress, type AddressProblem } from '../../domain/address.ts'
import { testConnection, type ConnectionTest } from '../../sync/connect.ts'
import type { Connection } from '../../sync/ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The fields of congregation sync: filled from what is saved, tested, saved. */
export function useConnection() {
  const session = useSession()
  const { ports, profile, refresh } = session
  const { look } = useRunner()
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
    const { connection } = profile.value ?? {}
    if (!connection || session.snapshot.value?.listing === undefined) return false
    return connection.origin !== origin || connection.folder !== folder
  }

  async function test(): Promise<void> {
    const connection = typed()
    result.value = undefined
    if (!connection) return
    isTesting.value = true
    try {
      const webdavRemote = await ports.webdav()
      result.value = await testConnection(
        webdavRemote({ connection, password: await passwordToUse(connection) }),
      )
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
    await ports.secrets.putPassword(id, password)
    await ports.store.putProfile({ id, name: form.name, connection })
    form.password = ''
    await refresh()
    void look()
    return true
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
      await ports.store.putProfile({ id: open.id, name: open.name })
      await ports.secrets.dropPassword(open.id)
      await refresh()
    },
  }
}
