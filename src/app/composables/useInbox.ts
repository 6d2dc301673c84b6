import { onScopeDispose, shallowRef, watch } from 'vue'
import { extensionOf, kindOf, type MediaKind } from '../../domain/media.ts'
import type { InboxFile } from '../../sync/ports.ts'
import { receive, type Received } from './intake.ts'
import { useSession } from './useSession.ts'

/** A file of the inbox that was looked at. */
export type InboxEntry = {
  readonly id: number
  /** The one that it would have on a day. */
  readonly name: string
  readonly size: number
  /** When it came, milliseconds since 1970. */
  readonly at: number
  readonly kind: MediaKind
  readonly received: Received
  /** To be called once it was added: it leaves the inbox. */
  readonly onAdded: () => Promise<void>
  /** The address of the picture that it is, for as long as the screen is there. */
  readonly picture?: string
}

/** What was shared with this device, each file looked at once. */
export function useInbox() {
  const { ports, inbox, refresh } = useSession()
  const { store } = ports
  const entries = shallowRef<readonly InboxEntry[]>()
  const known = new Map<number, Promise<InboxEntry | undefined>>()
  const pictures: string[] = []
  const prober = async () => (await ports.converters()).prober

  async function lookAt({ id, name, size, at }: InboxFile): Promise<InboxEntry | undefined> {
    const body = await store.inboxBody(id)
    if (!body) return undefined
    const onAdded = () => store.dropInbox([id])
    const received = await receive({ file: new File([body], name), onAdded }, prober)
    const picture = pictureOf(received, body)
    const mended = nameOf(received)
    const kind = kindOf(mended)
    return { id, name: mended, size, at, kind, received, onAdded, ...(picture && { picture }) }
  }

  function pictureOf(received: Received, body: Blob): string | undefined {
    if (received.is !== 'offer' || !shownPictures.includes(extensionOf(received.offer.name)))
      return undefined
    const url = URL.createObjectURL(body)
    pictures.push(url)
    return url
  }

  async function lookAtAll(files: readonly InboxFile[]): Promise<void> {
    const looked: InboxEntry[] = []
    for (const file of files) {
      const looking = known.get(file.id) ?? lookAt(file)
      known.set(file.id, looking)
      const entry = await looking
      if (entry) looked.push(entry)
    }
    // More may have come, or gone, meanwhile.
    if (files === inbox.value) entries.value = looked
  }

  watch(inbox, lookAtAll, { immediate: true })
  onScopeDispose(() => {
    for (const url of pictures) URL.revokeObjectURL(url)
  })

  return {
    /** In the order they came; undefined until they were looked at. */
    entries,

    /** Takes a file out of the inbox; answers how to put it back. */
    remove: async (entry: InboxEntry): Promise<() => Promise<void>> => {
      const file = inbox.value.find(({ id }) => id === entry.id)
      const body = await store.inboxBody(entry.id)
      await store.dropInbox([entry.id])
      await refresh()
      return async () => {
        if (!file || !body) return
        await store.putInbox([{ name: file.name, at: file.at, body }])
        await refresh()
      }
    },
  }
}

// What an <img> shows in every browser that runs Lectern; a drawing is never given an address.
const shownPictures = ['jpg', 'jpeg', 'jfif', 'png', 'gif', 'bmp', 'webp', 'avif']

function nameOf(received: Received): string {
  if (received.is === 'offer') return received.offer.name
  return received.is === 'collection' ? received.file.name : received.name
}
