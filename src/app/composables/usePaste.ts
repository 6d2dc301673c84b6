import { useEventListener } from '@vueuse/core'
import { extensionsOfType } from '../../domain/file-kinds.ts'
import { extensionOf } from '../../domain/media.ts'
import { pastedName } from '../../i18n/pasted-name.ts'

/** What came of asking for what was copied. */
export type Pasted = 'taken' | 'nothing' | 'denied'

/**
 * Hears of pictures and files that are pasted anywhere on the page; text fields and open dialogs keep theirs. `paste`
 * asks for what was copied, for a button; where the browser has no such thing it is undefined.
 */
export function usePaste(onFiles: (files: readonly File[]) => void) {
  useEventListener(document, 'paste', (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0 || isTyping(event.target) || document.querySelector(':modal')) return
    event.preventDefault()
    onFiles(files.map(named))
  })

  async function paste(): Promise<Pasted> {
    try {
      const files = await copiedFiles()
      if (files.length === 0) return 'nothing'
      onFiles(files)
      return 'taken'
    } catch (error) {
      if (error instanceof DOMException) return 'denied'
      throw error
    }
  }

  // Missing where the page did not come over a safe connection, and in browsers that only know words.
  const { clipboard } = navigator as Partial<Navigator>
  return { paste: clipboard && 'read' in clipboard ? paste : undefined }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
}

// Browsers call every picture that has no file behind it the same.
function named(file: File): File {
  const isNameless = file.name === '' || /^image\.\w+$/i.test(file.name)
  return isNameless ? fileOf(file, file.type || `image/${extensionOf(file.name)}`) : file
}

function fileOf(body: Blob, type: string): File {
  const [extension = ''] = extensionsOfType[type] ?? []
  const isPicture = type.startsWith('image/')
  return new File([body], pastedName(Date.now(), { extension, isPicture }), { type })
}

// Of what was copied in several forms the first that is a medium counts: a browser puts the best one first.
async function copiedFiles(): Promise<File[]> {
  const items = await navigator.clipboard.read()
  const media = items.map(async (item) => {
    const type = item.types.find((one) => one in extensionsOfType && !one.startsWith('text/'))
    return type === undefined ? undefined : fileOf(await item.getType(type), type)
  })
  return (await Promise.all(media)).filter((file) => file !== undefined)
}
