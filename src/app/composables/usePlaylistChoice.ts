import { onScopeDispose, shallowRef } from 'vue'
import type { Failure } from '../../domain/failure.ts'
import { attempt } from '../../sync/attempt.ts'
import { bring } from '../../sync/bring.ts'
import type { PlaylistOffers } from '../../sync/offers/playlist-offers.ts'
import { jworgPorts } from './jworg-ports.ts'
import { useSession } from './useSession.ts'

/** How far the opening of a playlist has come. */
export type PlaylistStep =
  | { readonly at: 'opening' }
  | { readonly at: 'failed'; readonly failure: Failure }
  | { readonly at: 'items'; readonly playlist: PlaylistOffers }

/** Opens a playlist of JW Library's. */
export function usePlaylistChoice(file: File) {
  const session = useSession()
  const step = shallowRef<PlaylistStep>({ at: 'opening' })
  const controller = new AbortController()
  const { signal } = controller
  onScopeDispose(() => {
    controller.abort()
  })

  async function opened(): Promise<PlaylistOffers> {
    const profile = session.profile.value?.id
    if (profile === undefined) throw new Error('adding needs an open congregation')
    const [{ openPlaylistFile }, ports] = await Promise.all([
      bring(() => import('../../sync/offers/playlist-offers.ts')),
      jworgPorts(session, profile),
    ])
    return openPlaylistFile(ports, { profile, file, signal })
  }

  async function open(): Promise<void> {
    try {
      const { value: playlist, failure } = await attempt(opened)
      if (signal.aborted) return
      step.value = failure ? { at: 'failed', failure } : { at: 'items', playlist }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  return { step, open }
}
