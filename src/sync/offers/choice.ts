// Lists that a person chooses from: what a document of a publication shows, what stands in a playlist.
import { choosableName, locatedName, type Choosable } from '../../domain/choosing.ts'
import { Failed, type Failure } from '../../domain/failure.ts'
import { kindOf, type MediaKind } from '../../domain/media.ts'
import type { ProgrammeWords } from '../../domain/programme-words.ts'
import { attempt } from '../attempt.ts'
import type { FilmOffers } from './film-offers.ts'
import type { Offer } from './offer.ts'

/** Whether the bytes of something can be had. */
type Standing =
  | { readonly is: 'here'; readonly offer: Offer }
  /** JW.org has still to be asked. */
  | { readonly is: 'looking' }
  /** A person may have it: `failure` is why JW.org could not be asked, `page` where a person may look. */
  | { readonly is: 'missing'; readonly failure?: Failure; readonly page?: string }

/** One thing on the list. */
export type Choice = {
  readonly id: string
  /** With which it is added. */
  readonly name: string
  readonly kind: MediaKind
  /** In bytes, where it is known. */
  readonly size?: number
  /** A picture of it, of whatever size; undefined where there is none after all. */
  readonly picture?: () => Promise<Blob | undefined>
  readonly standing: Standing
}

export type ChoiceList = {
  /** In their order, as far as they are known without asking anybody. */
  readonly choices: readonly Choice[]
  /** What becomes of a choice once JW.org was asked; rejects with AbortError alone. */
  look(choice: Choice, options?: { readonly signal?: AbortSignal | undefined }): Promise<Choice>
}

type Listing = {
  /** The bytes of a file inside by its bare name; undefined where there is none. */
  readonly inside: (path: string) => Promise<Blob | undefined>
  readonly films: FilmOffers
  readonly words: ProgrammeWords
}

/** The list of what may be chosen. */
export function choiceList(choosables: readonly Choosable[], listing: Listing): ChoiceList {
  const { inside, films, words } = listing
  const byId = new Map(choosables.map((one, index) => [one.id, { one, index }]))
  const nameOf = (one: Choosable, index: number, file?: { title?: string; extension?: string }) =>
    choosableName(one, { index, count: choosables.length, words, file })

  function choiceOf(one: Choosable, index: number): Choice {
    const { id, source, cover } = one
    const name = nameOf(one, index)
    const size = source.at === 'inside' ? { size: source.size } : {}
    return {
      ...{ id, name, kind: kindOf(name), ...size, standing: standingOf(one, name) },
      ...(cover !== undefined && { picture: () => inside(cover) }),
    }
  }

  function standingOf({ source }: Choosable, name: string): Standing {
    if (source.at === 'jworg') return { is: 'looking' }
    if (source.at === 'nowhere') return { is: 'missing' }
    const { path, size } = source
    const bytes: Offer['bytes'] = async ({ onReceived } = {}) => {
      const body = await inside(path)
      if (!body) throw new Failed({ kind: 'not-stored', name })
      onReceived?.(body.size)
      return body
    }
    return { is: 'here', offer: { name, size, bytes } }
  }

  return {
    choices: choosables.map(choiceOf),

    async look(choice, { signal } = {}) {
      const { one, index } = byId.get(choice.id) ?? {}
      if (one?.source.at !== 'jworg' || index === undefined) return choice
      const { source } = one
      const { value: found, failure } = await attempt(() => films.find(source, { signal }))
      if (!found) {
        const page = await films.pageOf(source)
        const why = { ...(failure && { failure }), ...(page !== undefined && { page }) }
        return { ...choice, standing: { is: 'missing', ...why } }
      }
      const name = nameOf(one, index, found)
      const offer = found.offer(name)
      const size = offer.size === undefined ? {} : { size: offer.size }
      return { ...choice, name, kind: kindOf(name), ...size, standing: { is: 'here', offer } }
    },
  }
}

/** A choice whose bytes a person found on the device. */
export function locatedChoice(choice: Choice, file: File): Choice {
  const name = locatedName(choice.name, file.name)
  const { size } = file
  const offer: Offer = { name, size, bytes: () => Promise.resolve(file) }
  return { ...choice, name, kind: kindOf(name), size, standing: { is: 'here', offer } }
}
