import { onScopeDispose, shallowRef } from 'vue'
import { carefulShare, portionsOf, type BundleSpan } from '../../domain/bundle.ts'
import type { Exceptions } from '../../sync/bundle/outgoing.ts'
import { sharedFiles } from '../../sync/bundle/shared-files.ts'
import type { PrepareStep } from '../../sync/export/outputs.ts'
import { daysOf } from './useBundle.ts'
import { useSession } from './useSession.ts'

/** Files that the share sheet is to take at a time; also what it refuses is `left`. */
type Offer = Exceptions & { readonly portions: readonly (readonly File[])[] }

/** The share sheet of the system, for the media of some days. */
export function useShare(span: BundleSpan) {
  const session = useSession()
  const offer = shallowRef<Offer>()
  const shared = shallowRef<readonly (readonly File[])[]>([])
  const making = shallowRef<PrepareStep>()
  const leaving = new AbortController()
  onScopeDispose(() => {
    leaving.abort()
  })

  async function prepare(): Promise<void> {
    const id = session.profile.value?.id
    if (id === undefined) return
    const options = {
      profile: id,
      settings: session.settings.value,
      signal: leaving.signal,
      onStep: (step: PrepareStep) => (making.value = step),
    }
    const { files, left, unmade } = await sharedFiles(session.ports, daysOf(session, span), options)
    const all = files.map(({ name, type, body }) => new File([body], name, { type }))
    const taken = all.filter((file) => navigator.canShare({ files: [file] }))
    const refused = all.filter((file) => !taken.includes(file)).map(({ name }) => name)
    const portions = taken.length > 0 ? [taken] : []
    offer.value = { portions, left: [...left, ...refused], unmade }
  }

  // The sheet does not say beforehand how much it takes, nor afterwards that it was too much.
  function takeLess({ portions, left, unmade }: Offer): void {
    const { portions: smaller, tooBig } = portionsOf(portions.flat(), carefulShare)
    offer.value = { portions: smaller, left: [...left, ...tooBig.map(({ name }) => name)], unmade }
  }

  return {
    offer,
    /** What is converted before there is anything to share. */
    making,
    /** Those that were handed over. */
    shared,
    /** Nothing comes of it where somebody left meanwhile. */
    prepare: async (): Promise<void> => {
      try {
        await prepare()
      } catch (error) {
        if (!leaving.signal.aborted) throw error
      }
    },
    /** Opens the sheet; needs the user's click. Whoever closes it has changed their mind, and needs no word about it. */
    share: async (files: readonly File[]): Promise<void> => {
      try {
        await navigator.share({ files: [...files] })
        shared.value = [...shared.value, files]
      } catch (error) {
        if (!(error instanceof DOMException)) throw error
        if (error.name !== 'AbortError' && offer.value) takeLess(offer.value)
      }
    },
  }
}
