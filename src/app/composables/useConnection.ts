import { ref, watch } from 'vue'
import { isUsable } from '../../domain/diagnosis.ts'
import type { Connection } from '../../sync/ports.ts'
import { addOnce } from '../running/adding.ts'
import { useConnectionForm } from './useConnectionForm.ts'
import { useDiagnosis } from './useDiagnosis.ts'
import type { Reach } from './useFolderBrowser.ts'
import { useRunner } from './useRunner.ts'
import { useSavedConnection } from './useSavedConnection.ts'
import { useSession } from './useSession.ts'

/** Where to begin looking for a folder, and how to open any. */
export type FolderWay = { readonly start: string; readonly reach: Reach }

/** The fields of congregation sync: filled from what is saved, tested, saved. */
export function useConnection() {
  const { ports, profile, refresh, open } = useSession()
  const { sendNow } = useRunner()
  const { form, problem, read, spreadAddress, prefill } = useConnectionForm()
  const saved = useSavedConnection()
  const isRemembered = ref(profile.value?.connection?.asksPassword !== true)
  const isPasswordMissing = ref(false)
  const isPasswordKnown = ref(false)
  void ports.secrets.password(saved.id).then((known) => (isPasswordKnown.value = !!known))
  const { examined, isRunning, examine, clear } = useDiagnosis()

  // Words of praise were about what stood in the fields; what to do about trouble still has to be read.
  watch(form, clearOutdated, { flush: 'sync' })

  function clearOutdated(): void {
    const exam = examined.value
    if (exam && (exam.isRunning || isUsable(exam.diagnosis.verdict))) clear()
  }

  /** The account in the fields, or undefined with `problem` set. */
  function typed(): Connection | undefined {
    const address = read()
    return typeof address === 'string' ? undefined : { ...address, user: form.user }
  }

  // Without one the server is asked nothing: some lock an account that keeps trying.
  async function passwordAtHand(account: Connection): Promise<string | undefined> {
    const password = await saved.passwordFor(account, form.password)
    isPasswordMissing.value = password === ''
    return password || undefined
  }

  async function test(): Promise<void> {
    const address = read()
    const { user } = form
    if (typeof address === 'string') {
      await examine({ address, user, password: '' })
      return
    }
    const account = { ...address, user }
    const password = await passwordAtHand(account)
    if (password === undefined) return
    const diagnosis = await examine({ address, user, password })
    const canWrite = diagnosis?.facts.canWrite
    if (canWrite !== undefined) await saved.keepAccessOf(account, canWrite)
  }

  /** The way to the folders of the server in the fields; undefined where they do not say enough. */
  async function findFolders(): Promise<FolderWay | undefined> {
    const account = typed()
    const password = account && (await passwordAtHand(account))
    if (!account || password === undefined) return undefined
    const reach: Reach = async (folder) =>
      (await ports.webdav())({ connection: { ...account, folder }, password })
    return { start: account.folder, reach }
  }

  async function save(): Promise<boolean> {
    const account = typed()
    if (account && saved.isAnotherFolder(account)) problem.value = 'another'
    if (account && saved.isTaken(account)) problem.value = 'known'
    if (!account || problem.value) return false
    const connection = isRemembered.value ? account : ({ ...account, asksPassword: true } as const)
    const { id } = saved
    const password = await saved.passwordFor(connection, form.password)
    const make = () => saved.changeTo({ id, name: form.name, connection }, password)
    // Another tab may be setting it up in this very moment.
    if ((await addOnce(ports, { id, connection, make })) !== id) {
      problem.value = 'known'
      return false
    }
    form.password = ''
    await (profile.value?.id === id ? refresh() : open(id))
    void sendNow()
    return true
  }

  return {
    form,
    /** Whether this device keeps the password, or it is asked for each time. */
    isRemembered,
    problem,
    read,
    spreadAddress,
    prefill,
    isPasswordMissing,
    /** Whether one is at hand for the saved account. */
    isPasswordKnown,
    examined,
    isTesting: isRunning,
    test,
    cancel: clear,
    findFolders,
    save,
    isConnected: saved.isConnected,
    unsent: saved.unsent,
    switchOff: saved.switchOff,
  }
}
