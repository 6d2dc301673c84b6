import { computed, ref, watch } from 'vue'
import type { Address } from '../../domain/address.ts'
import { isUsable } from '../../domain/diagnosis.ts'
import type { Connection } from '../../sync/ports.ts'
import { saveOnce } from '../running/adding.ts'
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
  const { sendNow, comeToRest } = useRunner()
  const { form, problem, look, read, readStart, ...fields } = useConnectionForm()
  const saved = useSavedConnection()
  const isRemembered = ref(profile.value?.connection?.asksPassword !== true)
  const isPasswordMissing = ref(false)
  const isPasswordKnown = ref(false)
  void ports.secrets.password(saved.id).then((known) => (isPasswordKnown.value = !!known))
  const { examined, isRunning, examine, clear } = useDiagnosis()

  // Words of praise were about what stood in the fields; what to do about trouble still has to be read.
  watch(form, clearOutdated, { flush: 'sync' })

  watch(
    () => form.password,
    (password) => {
      if (password !== '') isPasswordMissing.value = false
    },
  )

  // The one that is in the way, where that is what was said of the fields.
  const known = computed(() => {
    const address = problem.value === 'known' ? look() : 'address'
    return typeof address === 'string' ? undefined : saved.ownerOf(address)
  })

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
    await examine({ address, user, password }, async ({ facts: { canWrite } }) => {
      if (canWrite !== undefined) await saved.keepAccessOf(account, canWrite)
    })
  }

  /** The way to the folders of the server in the fields; undefined where they do not say enough. */
  async function findFolders(): Promise<FolderWay | undefined> {
    const address = readStart()
    if (typeof address === 'string') return undefined
    const account = { ...address, user: form.user }
    const password = await passwordAtHand(account)
    if (password === undefined) return undefined
    const reach: Reach = async (folder) =>
      (await ports.webdav())({ connection: { ...account, folder }, password })
    return { start: account.folder, reach }
  }

  /** False, with `problem` set, where another congregation on this device has the folder. */
  function isFree(address: Address): boolean {
    const owner = saved.ownerOf(address)
    if (owner) problem.value = 'known'
    return owner === undefined
  }

  /** Opens the congregation that is in the way; what runs for the open one ends first. */
  async function openKnown(): Promise<void> {
    if (!known.value) return
    const { id } = known.value
    await comeToRest()
    await open(id)
  }

  async function save(): Promise<boolean> {
    const account = typed()
    if (account && saved.isAnotherFolder(account)) problem.value = 'another'
    if (account) isFree(account)
    if (!account || problem.value) return false
    const connection = isRemembered.value ? account : ({ ...account, asksPassword: true } as const)
    const { id, isKnown } = saved
    const password = await saved.passwordFor(connection, form.password)
    const make = () => saved.changeTo({ id, name: form.name, connection }, password)
    // Another tab may be setting it up in this very moment, or forgetting it.
    const kept = await saveOnce(ports, { id, isKnown, connection, make })
    if (kept !== id) {
      await refresh()
      if (kept !== undefined) problem.value = 'known'
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
    ...fields,
    /** The congregation on this device that has the folder in the fields, once that was said. */
    known,
    isFree,
    openKnown,
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
