import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { barsTheWay, failureOf, mayPass, type Failure } from '../../domain/failure.ts'
import {
  folderName,
  inside,
  isFolderName,
  isInUse,
  roleOf,
  topOf,
  wayTo,
  type FolderRole,
} from '../../domain/folder-choice.ts'
import { syncTop, type Entry } from '../../domain/layout.ts'
import { attempt } from '../../sync/attempt.ts'
import type { Remote } from '../../sync/ports.ts'

/** Makes a Remote whose root is an absolute folder of the server: decoded, with '/' at both ends. */
export type Reach = (folder: string) => Promise<Remote>

/** A folder in the one that is open. */
type FolderRow = { readonly name: string; readonly role: FolderRole | undefined }

/** What lies in a folder: of files only how many there are. */
export type FolderView = {
  readonly folder: string
  readonly rows: readonly FolderRow[]
  readonly files: number
  readonly isInUse: boolean
}

/** Browses the folders of a server, beginning at `start` or at the deepest folder above that is there. */
export function useFolderBrowser(reach: Reach, start: string) {
  const view = shallowRef<FolderView>()
  const failure = shallowRef<Failure>()
  const isBusy = ref(false)
  /** The name that was looked for in the open folder and is not there. */
  const missing = ref<string>()
  const top = ref(topOf(start))
  let underWay = new AbortController()
  onScopeDispose(() => {
    underWay.abort()
  })

  /** Shows what the task finds, in place of whatever was asked for before; true where it is there to be seen. */
  async function show(task: (signal: AbortSignal) => Promise<FolderView>): Promise<boolean> {
    underWay.abort()
    underWay = new AbortController()
    const { signal } = underWay
    isBusy.value = true
    failure.value = undefined
    try {
      const found = await task(signal)
      if (!signal.aborted) view.value = found
    } catch (error) {
      if (signal.aborted) return false
      failure.value = failureOf(error)
      if (!failure.value) throw error
    } finally {
      if (!signal.aborted) isBusy.value = false
    }
    return !signal.aborted && failure.value === undefined
  }

  async function look(folder: string, signal: AbortSignal): Promise<FolderView> {
    const remote = await reach(folder)
    const entries = await remote.list('', { signal })
    const hasNotes = entries.some(({ path }) => path === syncTop)
    const notes = hasNotes ? await namesOfNotes(remote, signal) : []
    return viewOf(folder, { entries, notes })
  }

  async function lookNear(folder: string, signal: AbortSignal): Promise<FolderView> {
    try {
      return await look(folder, signal)
    } catch (error) {
      const above = wayTo(folder, top.value).at(-2)
      if (failureOf(error)?.kind !== 'not-found' || above === undefined) throw error
      missing.value = folderName(folder)
      return lookNear(above, signal)
    }
  }

  async function lookAround(folder: string, signal: AbortSignal): Promise<FolderView> {
    try {
      const found = await look(folder, signal)
      missing.value = undefined
      return found
    } catch (error) {
      if (!signal.aborted) keepBelow(folder, failureOf(error))
      throw error
    }
  }

  // Above the WebDAV address of a server there is often a web page, or nothing: that way need not be offered again.
  function keepBelow(refused: string, trouble: Failure | undefined): void {
    if (!view.value || !trouble || barsTheWay(trouble) || mayPass(trouble)) return
    const way = wayTo(view.value.folder, top.value)
    top.value = way[way.indexOf(refused) + 1] ?? top.value
  }

  async function create(name: string): Promise<boolean> {
    const parent = view.value?.folder
    if (parent === undefined || !isFolderName(name)) return false
    return show(async (signal) => {
      const remote = await reach(parent)
      await remote.makeFolder(name, { signal })
      missing.value = undefined
      return look(inside(parent, name), signal)
    })
  }

  return {
    view,
    failure,
    isBusy,
    missing,
    /** From the highest folder that can be seen to the open one. */
    way: computed(() => (view.value ? wayTo(view.value.folder, top.value) : [])),
    begin: () => show((signal) => lookNear(start, signal)),
    open: (folder: string) => show((signal) => lookAround(folder, signal)),
    create,
  }
}

// As people count: Hall 2 before Hall 10.
const order = new Intl.Collator(undefined, { numeric: true })

// What may not be seen counts as something: nobody is to take a folder in use for a new one.
async function namesOfNotes(remote: Remote, signal: AbortSignal): Promise<string[]> {
  const { value } = await attempt(() => remote.list(syncTop, { signal }))
  return value?.map(({ path }) => path.slice(syncTop.length + 1)) ?? ['?']
}

type Seen = { readonly entries: readonly Entry[]; readonly notes: readonly string[] }

function viewOf(folder: string, { entries, notes }: Seen): FolderView {
  const names = entries.map(({ path }) => path)
  const isShown = ({ kind, path }: Entry) => kind === 'folder' && !path.startsWith('.')
  const shown = entries.filter(isShown).map(({ path }) => path)
  return {
    folder,
    rows: shown.sort(order.compare).map((name) => ({ name, role: roleOf(name) })),
    files: entries.filter(({ kind }) => kind === 'file').length,
    isInUse: isInUse(names, notes),
  }
}
