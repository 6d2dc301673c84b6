import { database } from './database.ts'

/** Where the hall's folder is, for each profile. */
export type FolderHandles = {
  /** The directory the user chose; undefined before that. It may ask for permission again. */
  get(profile: string): Promise<FileSystemDirectoryHandle | undefined>
  put(profile: string, handle: FileSystemDirectoryHandle): Promise<void>
  drop(profile: string): Promise<void>
}

/** The media folders' handles, kept beside the store; dropping a profile there drops its handle too. */
export function folderHandles(name = 'lectern'): FolderHandles {
  const opened = database(name)
  return {
    get: (profile) =>
      opened.read(['handles'], (transaction) =>
        transaction.objectStore('handles').get([profile, 'mediaFolder']),
      ),
    put: (profile, handle) =>
      opened.write({ stores: ['handles'], profile }, async (transaction) => {
        await transaction.objectStore('handles').put(handle, [profile, 'mediaFolder'])
      }),
    drop: (profile) =>
      opened.write({ stores: ['handles'], profile }, (transaction) =>
        transaction.objectStore('handles').delete([profile, 'mediaFolder']),
      ),
  }
}
