import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Failure } from '../../domain/failure.ts'
import { readAskedPublication, type AskedPublication } from '../../domain/publication-asked.ts'
import type { DocumentMedia } from '../../domain/publication-choices.ts'
import type { PublicationName } from '../../domain/programme.ts'
import { attempt } from '../../sync/attempt.ts'
import { bring } from '../../sync/bring.ts'
import type { ChoiceList } from '../../sync/offers/choice.ts'
import type { PublicationOffers, PublicationSearch } from '../../sync/offers/publication-offers.ts'
import { jworgPorts } from './jworg-ports.ts'
import { useSession } from './useSession.ts'

/** Why there is no publication to choose from. */
export type NoPublication =
  | Exclude<PublicationSearch, { is: 'found' }>
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'nothing-in-it'; readonly title: string }

/** Where somebody is who adds from a publication. */
export type PublicationStep =
  | { readonly at: 'asking'; readonly trouble?: NoPublication }
  | { readonly at: 'fetching'; readonly what: string }
  | { readonly at: 'documents'; readonly publication: PublicationOffers }
  | {
      readonly at: 'items'
      readonly publication: PublicationOffers
      readonly document: DocumentMedia
      readonly list: ChoiceList
    }

/** From a symbol, or a file, to the items of one document. */
export function usePublicationChoice() {
  const session = useSession()
  const { profile } = session
  const step = shallowRef<PublicationStep>({ at: 'asking' })
  const wrong = ref<AskedPublication['wrong']>()
  let controller = new AbortController()
  onScopeDispose(() => {
    controller.abort()
  })

  async function search(name: PublicationName): Promise<PublicationSearch> {
    const { id, ports, signal, offers } = await scene()
    return offers.findPublication(ports, { profile: id, name, signal })
  }

  async function open(file: File): Promise<PublicationSearch> {
    const { id, ports, signal, offers } = await scene()
    const publication = await offers.openPublicationFile(ports, { profile: id, file, signal })
    return { is: 'found', publication }
  }

  async function scene() {
    const id = profile.value?.id
    if (id === undefined) throw new Error('adding needs an open congregation')
    const { signal } = controller
    const [offers, ports] = await Promise.all([
      bring(() => import('../../sync/offers/publication-offers.ts')),
      jworgPorts(session, id),
    ])
    return { id, ports, signal, offers }
  }

  // What was given up meanwhile has nothing more to say.
  async function run(what: string, task: () => Promise<PublicationSearch>): Promise<void> {
    controller.abort()
    const own = (controller = new AbortController())
    step.value = { at: 'fetching', what }
    try {
      const { value, failure } = await attempt(task)
      if (controller === own && !own.signal.aborted) arrive(value ?? { is: 'failed', failure })
    } catch (error) {
      if (!own.signal.aborted) throw error
    }
  }

  function arrive(result: PublicationSearch | Extract<NoPublication, { is: 'failed' }>): void {
    if (result.is !== 'found') {
      step.value = { at: 'asking', trouble: result }
      return
    }
    const { publication } = result
    const [first, ...others] = publication.documents
    if (!first) step.value = nothingIn(publication)
    else if (others.length > 0) step.value = { at: 'documents', publication }
    else choose(publication, first)
  }

  function choose(publication: PublicationOffers, document: DocumentMedia): void {
    step.value = { at: 'items', publication, document, list: publication.list(document.id) }
  }

  return {
    step,
    /** Which field makes no sense. */
    wrong,

    ask: async (symbol: string, issue: string): Promise<void> => {
      const asked = readAskedPublication(symbol, issue)
      wrong.value = asked.wrong
      if (asked.wrong === undefined) await run(symbol.trim(), () => search(asked.name))
    },

    take: (file: File): Promise<void> => run(file.name, () => open(file)),

    choose,

    /** One step back; what is under way is given up. */
    back: (): void => {
      controller.abort()
      const now = step.value
      const isOneOfSeveral = now.at === 'items' && now.publication.documents.length > 1
      step.value = isOneOfSeveral
        ? { at: 'documents', publication: now.publication }
        : { at: 'asking' }
    },
  }
}

function nothingIn({ title }: PublicationOffers): PublicationStep {
  return { at: 'asking', trouble: { is: 'nothing-in-it', title } }
}
