import { ref, watch } from 'vue'
import { Failed } from '../../domain/failure.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

export type FolderPermission = 'none' | 'granted' | 'prompt' | 'denied'

/** The directory on disk that an update writes, and whether the browser lets us. */
export function useMediaFolder() {
  const { ports, profile, profiles } = useSession()
  const { isUpdating } = useRunner()
  const { folders } = ports
  const name = ref<string>()
  const permission = ref<FolderPermission>('none')

  async function look(): Promise<void> {
    const id = profile.value?.id
    const handle = id === undefined ? undefined : await folders.get(id)
    name.value = handle?.name
    permission.value = handle ? await folders.permissionOf(handle) : 'none'
  }

  // In one folder the days of two congregations would stand under the same names, and each would clear away the other's.
  async function refuseTaken(id: string, handle: FileSystemDirectoryHandle): Promise<void> {
    for (const other of profiles.value) {
      const theirs = other.id === id ? undefined : await folders.get(other.id)
      if (theirs && (await theirs.isSameEntry(handle)))
        throw new Failed({ kind: 'folder-taken', name: other.name })
    }
  }

  // What stands in the old folder says nothing of the next.
  const forgetExported = (id: string) => ports.store.putDocument(id, 'exported', {})

  // The permission may end at any time: what an update met is shown after it.
  watch([() => profile.value?.id, isUpdating], look, { immediate: true })

  return {
    canChoose: folders.canChoose(),
    name,
    permission,

    choose: async (): Promise<void> => {
      const id = profile.value?.id
      const handle = id === undefined ? undefined : await folders.choose()
      if (id === undefined || !handle) return
      await refuseTaken(id, handle)
      await folders.put(id, handle)
      await forgetExported(id)
      await look()
    },

    /** Asks the browser again; needs the user's click. */
    allow: async (): Promise<void> => {
      const id = profile.value?.id
      const handle = id === undefined ? undefined : await folders.get(id)
      if (handle) await folders.askPermission(handle)
      await look()
    },

    drop: async (): Promise<void> => {
      const id = profile.value?.id
      if (id === undefined) return
      await folders.drop(id)
      await forgetExported(id)
      await look()
    },
  }
}
