import type { CatalogueFile, MissingItem, ProgrammeState } from '../../domain/media.ts'
import { publicationFileName } from '../../domain/publication-names.ts'
import type { PublicationName } from '../../domain/programme.ts'
import type { PublicationDocument } from '../../domain/publication.ts'
import { attempt } from '../attempt.ts'
import type { OpenPublication } from '../ports.ts'
import type { Library, OpenEdition } from './library.ts'

/** A document and the edition that it stands in. */
export type Found = { readonly edition: OpenEdition; readonly document: PublicationDocument }

/** A publication that could not be had or read, as a person may look for it. */
export type LackingFile = Pick<MissingItem, 'name' | 'url'>

/** Why there is no document, and for want of which publication. */
export type NotFound = {
  readonly edition?: undefined
  readonly state: Exclude<ProgrammeState, 'found'>
  readonly lacking?: LackingFile
}

type Search = {
  /** Where it may stand, the likeliest first. */
  readonly names: readonly PublicationName[]
  /** In which languages, the preferred first. */
  readonly languages: readonly string[]
  /** The id of the document, where a publication has it. */
  readonly idIn: (publication: OpenPublication) => number | undefined
}

/** Finds a document in the first edition that has it, or says why there is none. */
export async function findDocument(library: Library, search: Search): Promise<Found | NotFound> {
  let isPublished = false
  for (const language of search.languages) {
    const { result, read } = await searchIn(library, language, search)
    if (result) return result
    isPublished ||= read > 0
    // What all the publications of one language leave out, no other language has.
    if (read === search.names.length) break
  }
  return { state: isPublished ? 'none-this-week' : 'not-published' }
}

/**
 * Looks into what is published in one language; `read` is how many publications that were. Where nobody can be asked
 * whether one is published, another that a person saved may be the one.
 */
async function searchIn(
  library: Library,
  language: string,
  { names, idIn }: Search,
): Promise<{ readonly result?: Found | NotFound; readonly read: number }> {
  let read = 0
  let isUnasked = false
  for (const name of names) {
    const opening = await library.open({ name, language })
    if (!opening.edition) {
      if (opening.file)
        return { result: notHere(library, { name, language, file: opening.file }), read }
      isUnasked ||= opening.failure !== undefined
      continue
    }
    read += 1
    const id = idIn(opening.edition.publication)
    if (id === undefined) continue
    const { value, failure } = await attempt(() => opening.edition.publication.document(id))
    if (failure) return { result: notHere(library, opening.edition), read }
    if (value) return { result: { edition: opening.edition, document: value }, read }
  }
  const [name] = names
  if (!isUnasked || !name) return { read }
  return { result: notHere(library, { name, language }), read }
}

type Lacking = Pick<OpenEdition, 'name' | 'language'> & { readonly file?: CatalogueFile }

// Of what nobody could be asked about, and of what a person saved, no address is known but that of the question.
function notHere(library: Library, { file, ...edition }: Lacking): NotFound {
  if (file && file.url !== '')
    return { state: 'not-here', lacking: { name: file.name, url: file.url } }
  const name = publicationFileName(edition.name, edition.language)
  const url = library.page?.(edition)
  return { state: 'not-here', lacking: { name, ...(url !== undefined && { url }) } }
}
