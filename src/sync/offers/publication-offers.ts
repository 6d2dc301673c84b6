// Adding from a publication: by its symbol, or out of a file that somebody has.
import type { Failure } from '../../domain/failure.ts'
import { mepsLanguage } from '../../domain/meps-languages.ts'
import type { PublicationName } from '../../domain/programme.ts'
import { programmeWords } from '../../domain/programme-words.ts'
import {
  documentChoosables,
  documentsWithMedia,
  type DocumentMedia,
} from '../../domain/publication-choices.ts'
import { publicationFileName } from '../../domain/publication-names.ts'
import { askingOf } from '../catalogue/asking.ts'
import { libraryOf, type OpenEdition } from '../catalogue/library.ts'
import { questionsOf } from '../catalogue/questions.ts'
import { readSavedName } from '../catalogue/saved-name.ts'
import { settingsOf } from '../facts.ts'
import type { OpenPublication, PublicationReader } from '../ports.ts'
import { shelfOf } from '../shelf.ts'
import { choiceList, type ChoiceList } from './choice.ts'
import { filmOffers, type JworgPorts } from './film-offers.ts'
import { leaseOf, type Lease } from './lease.ts'

type PublicationPorts = JworgPorts & { readonly reader: PublicationReader }

/** A publication that something may be chosen from. It is closed by itself when nobody asks it for a while. */
export type PublicationOffers = {
  readonly title: string
  /** Those that show something. */
  readonly documents: readonly DocumentMedia[]
  /** What a document shows, in its order; each call asks JW.org anew. */
  readonly list: (document: number) => ChoiceList
}

/** What came of looking for a publication. */
export type PublicationSearch =
  | { readonly is: 'found'; readonly publication: PublicationOffers }
  /** Nobody has said in which language the congregation has its media. */
  | { readonly is: 'no-language' }
  /** JW.org has none like it in any of the languages, by their codes. */
  | { readonly is: 'not-published'; readonly languages: readonly string[] }
  /** It could not be had or read; `page` is where a person may find the file. */
  | {
      readonly is: 'not-here'
      readonly fileName: string
      readonly failure?: Failure
      readonly page?: string
    }

type Search = {
  readonly profile: string
  readonly name: PublicationName
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks for a publication in the congregation's language, then in its fallback. Rejects with 'bad-publication' where one
 * opens and cannot be read after all.
 */
export async function findPublication(
  ports: PublicationPorts,
  { profile, name, signal }: Search,
): Promise<PublicationSearch> {
  const languages = await languagesOf(ports, profile)
  if (languages.length === 0) return { is: 'no-language' }
  const shelf = shelfOf(ports, profile)
  const run = { shelf, signal }
  const questions = questionsOf(askingOf(ports), run)
  const library = libraryOf({ ...ports, questions, page: ports.service.page }, run)
  for (const language of languages) {
    const opening = await library.open({ name, language })
    if (opening.edition) {
      const { edition } = opening
      return { is: 'found', publication: await editionOffers(ports, { profile, edition }) }
    }
    const { failure, file } = opening
    if (!failure && !file) continue
    const page = library.page?.({ name, language })
    return {
      is: 'not-here',
      fileName: file?.name ?? publicationFileName(name, language),
      ...(failure && { failure }),
      ...(page !== undefined && { page }),
    }
  }
  return { is: 'not-published', languages }
}

type Edition = { readonly profile: string; readonly edition: OpenEdition }

function editionOffers(ports: PublicationPorts, { profile, edition }: Edition) {
  const { file, language, publication } = edition
  const open = async () => {
    const bytes = await shelfOf(ports, profile).file(file)
    return ports.reader.open(new File([bytes], file.name))
  }
  return offersOf(ports, { profile, open, publication, language, fileName: file.name })
}

type Given = {
  readonly profile: string
  readonly file: File
  readonly signal?: AbortSignal | undefined
}

/** Opens a publication that a person has; rejects with 'bad-publication' where it is none. */
export async function openPublicationFile(
  ports: PublicationPorts,
  { profile, file, signal }: Given,
): Promise<PublicationOffers> {
  const publication = await ports.reader.open(file, { signal })
  const open = () => ports.reader.open(file)
  // Of most languages only the file's name tells the code, if anything does.
  const language = mepsLanguage(publication.facts.language) ?? readSavedName(file.name)?.language
  return offersOf(ports, { profile, open, publication, language, fileName: file.name })
}

type Opened = {
  readonly profile: string
  readonly open: () => Promise<OpenPublication>
  readonly publication: OpenPublication
  readonly language: string | undefined
  readonly fileName: string
}

async function offersOf(ports: PublicationPorts, opened: Opened): Promise<PublicationOffers> {
  const { profile, open, publication, language, fileName } = opened
  const lease: Lease<OpenPublication> = leaseOf({ open, clock: ports.clock }, publication)
  const { media: rows, sizes } = await lease.use((one) => one.overview())
  const { media } = await settingsOf(ports.store, profile)
  const languages = await languagesOf(ports, profile)
  const { title, issueTitle } = publication.facts
  return {
    title: title ?? issueTitle ?? fileName,
    documents: documentsWithMedia(publication.documents, rows, media),
    list(document) {
      const edition = { settings: media, sizes, languages, language }
      return choiceList(documentChoosables(rows.get(document) ?? [], edition), {
        inside: (path) => lease.use((one) => one.picture(path)),
        films: filmOffers(ports, { profile, media }),
        words: programmeWords(media.language),
      })
    },
  }
}

async function languagesOf(
  { store }: Pick<PublicationPorts, 'store'>,
  profile: string,
): Promise<readonly string[]> {
  const { media } = await settingsOf(store, profile)
  const languages = [media.language, media.fallback].filter((code) => code !== undefined)
  return [...new Set(languages)]
}
