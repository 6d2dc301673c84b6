import { failureOf, type Failure } from '../../domain/failure.ts'
import type { CatalogueFile } from '../../domain/media.ts'
import type { PublicationName } from '../../domain/programme.ts'
import type { Clock, MediaService, OpenPublication, PublicationReader } from '../ports.ts'
import { questionText, type Run } from './asking.ts'
import { doubtAnswers, isContradiction } from './doubt.ts'
import type { Questions } from './questions.ts'

/** A publication in one language. */
type Edition = { readonly name: PublicationName; readonly language: string }

/** An edition that lies open, and the file that it is in. */
export type OpenEdition = Edition & {
  readonly file: CatalogueFile
  readonly publication: OpenPublication
}

/** `failure` where it is published and could not be had or read; `file` where that much is known. */
type Opening =
  | { readonly edition: OpenEdition }
  | { readonly edition?: undefined; readonly failure?: Failure; readonly file?: CatalogueFile }

/** The publications of one week, each fetched and opened once. */
export type Library = {
  open(edition: Edition): Promise<Opening>
  /** The files of all that could be opened. */
  files(): Promise<readonly CatalogueFile[]>
  /** Where a person may find one that is not here. */
  readonly page?: (edition: Edition) => string | undefined
  close(): Promise<void>
}

type LibraryPorts = {
  readonly questions: Questions
  readonly reader: PublicationReader
  readonly clock: Clock
  readonly page?: MediaService['page'] | undefined
}

/** A library that fetches what its run's shelf does not have. */
export function libraryOf(ports: LibraryPorts, run: Run): Library {
  const { questions, reader, clock, page } = ports
  const openings = new Map<string, Promise<Opening>>()

  async function begin({ name, language }: Edition): Promise<Opening> {
    let file: CatalogueFile | undefined
    try {
      file = await fileOf({ name, language })
      if (!file) return {}
      const bytes = await run.shelf.file(file, { signal: run.signal })
      const named = new File([bytes], file.name)
      const publication = await reader.open(named, { signal: run.signal })
      return { edition: { name, language, file, publication } }
    } catch (error) {
      const failure = failureOf(error)
      if (!failure) throw error
      if (file && isContradiction(failure)) await doubt({ name, language }, file)
      return { failure, ...(file && { file }) }
    }
  }

  async function doubt(edition: Edition, { md5 }: CatalogueFile): Promise<void> {
    const questions = [questionText(questionOf(edition))]
    await doubtAnswers({ shelf: run.shelf, clock }, { questions, md5s: [md5] })
  }

  async function fileOf(edition: Edition): Promise<CatalogueFile | undefined> {
    const [found] = await questions.ask(questionOf(edition))
    return found && { name: found.name, url: found.url, size: found.size, md5: found.md5 }
  }

  async function opened(): Promise<readonly OpenEdition[]> {
    const settled = await Promise.allSettled(openings.values())
    return settled.flatMap((one) =>
      one.status === 'fulfilled' && one.value.edition ? [one.value.edition] : [],
    )
  }

  return {
    open(edition) {
      const text = textOf(edition)
      const opening = openings.get(text) ?? begin(edition)
      openings.set(text, opening)
      return opening
    },
    page: (edition) => page?.(questionOf(edition)),
    files: async () => (await opened()).map(({ file }) => file),
    async close() {
      await Promise.all((await opened()).map(({ publication }) => publication.close()))
    },
  }
}

function questionOf({ name, language }: Edition) {
  return { kind: 'publication', ...name, language } as const
}

function textOf({ name, language }: Edition): string {
  return JSON.stringify([name.symbol, name.issue, language])
}
