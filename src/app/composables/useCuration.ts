import { shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import { inverse, namesAt, type Act, type StampedAct } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import { Failed, failureOf } from '../../domain/failure.ts'
import type { CuratedItem } from '../../domain/media.ts'
import { foldName, freeName, joinName, safeName, splitName } from '../../domain/naming.ts'
import { record } from '../../sync/acts.ts'
import { contentKey } from '../../sync/content-key.ts'
import type { NewBlob } from '../../sync/ports.ts'
import type { Trouble } from '../../sync/receipt.ts'
import { useOutbox } from './useOutbox.ts'
import { useSession } from './useSession.ts'

export type { Trouble } from '../../sync/receipt.ts'

/** The last act done here, which can be taken back. */
export type LastAct = { readonly id: string; readonly kind: Act['do']; readonly name: string }

/** What the VO does to the media of a place: at once on screen, kept until it is sent. */
export function useCuration(place: MaybeRefOrGetter<Place>) {
  const { ports, snapshot, refresh } = useSession()
  const { sendSoon } = useOutbox()
  const last = shallowRef<StampedAct>()
  const lastAct = shallowRef<LastAct>()

  async function act(next: Act, blobs: readonly NewBlob[] = []): Promise<void> {
    const profile = snapshot.value?.profile.id
    if (profile === undefined) return
    const stamped = await record(ports, profile, { act: next, blobs })
    last.value = stamped
    lastAct.value = { id: stamped.id, kind: next.do, name: next.name }
    await refresh()
    await sendSoon()
  }

  async function addOne(file: File): Promise<void> {
    const here = toValue(place)
    if (file.size === 0) throw new Failed({ kind: 'empty-file', name: file.name })
    const taken = namesAt(snapshot.value?.facts.contents.files ?? [], here)
    const name = freeName(safeName(file.name), taken)
    const key = await contentKey(file)
    await act({ do: 'add', place: here, name, size: file.size, key }, [{ key, body: file }])
  }

  return {
    lastAct,

    add: async (files: readonly File[]): Promise<readonly Trouble[]> => {
      const troubles: Trouble[] = []
      for (const file of files) {
        try {
          await addOne(file)
        } catch (error) {
          const failure = failureOf(error)
          if (!failure) throw error
          troubles.push({ name: file.name, failure })
        }
      }
      return troubles
    },

    hide: async (item: CuratedItem): Promise<void> => {
      const day = toValue(place)
      if (day !== 'recurring') await act({ do: 'hide', day, item: item.id, name: item.name })
    },

    show: async (item: CuratedItem): Promise<void> => {
      const day = toValue(place)
      if (day === 'recurring') return
      await act({ do: 'show', day, item: item.id, name: item.name, markers: item.hiddenBy })
    },

    remove: async (item: CuratedItem): Promise<void> => {
      await act({
        do: 'remove',
        place: toValue(place),
        name: item.name,
        size: item.size,
        ...keyOf(item),
      })
    },

    /** `to` is the new name without its extension, which stays. */
    rename: async (item: CuratedItem, to: string): Promise<void> => {
      const here = toValue(place)
      const { extension } = splitName(item.name)
      const name = safeName(joinName({ stem: to, extension }))
      if (name === item.name) return
      const taken = namesAt(snapshot.value?.facts.contents.files ?? [], here)
      taken.delete(foldName(item.name))
      await act({
        do: 'rename',
        place: here,
        name: item.name,
        to: freeName(name, taken),
        size: item.size,
        ...keyOf(item),
      })
    },

    undo: async (): Promise<void> => {
      const stamped = last.value
      if (stamped) await act(inverse(stamped))
      lastAct.value = undefined
    },
  }
}

function keyOf({ key }: CuratedItem): Partial<Pick<CuratedItem, 'key'>> {
  return key ? { key } : {}
}
