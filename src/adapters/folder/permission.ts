// What TypeScript's library lacks because only Chromium has it (Chrome 86, on Android 132; no Firefox, no Safari).
type Mode = { readonly mode: 'readwrite' }

type AskableHandle = FileSystemDirectoryHandle & {
  queryPermission(mode: Mode): Promise<PermissionState>
  requestPermission(mode: Mode): Promise<PermissionState>
}

type PickerWindow = Window & {
  showDirectoryPicker?(options: Mode & { id: string }): Promise<FileSystemDirectoryHandle>
}

const mode = { mode: 'readwrite' } as const satisfies Mode

/** True where the browser can give a page a folder on disk. */
export function canChooseFolder(): boolean {
  return 'showDirectoryPicker' in window
}

/** Lets the user choose a folder to write to, on a click; undefined when they think better of it. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await (window as PickerWindow).showDirectoryPicker?.({ ...mode, id: 'media' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
}

/** Whether the folder may be written; 'prompt' asks for a click and askPermission. */
export async function permissionOf(handle: FileSystemDirectoryHandle): Promise<PermissionState> {
  // An origin-private directory has no permission to ask for in browsers that cannot choose folders.
  if (!('queryPermission' in handle)) return 'granted'
  return await (handle as AskableHandle).queryPermission(mode)
}

/** Asks the user, on a click, to allow the folder again. Without a click the answer stays 'prompt'. */
export async function askPermission(handle: FileSystemDirectoryHandle): Promise<PermissionState> {
  if (!('requestPermission' in handle)) return 'granted'
  try {
    return await (handle as AskableHandle).requestPermission(mode)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return 'prompt'
    throw error
  }
}
