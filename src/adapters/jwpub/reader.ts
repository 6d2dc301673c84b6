import { Failed, type Failure } from '../../domain/failure.ts'
import type { OpenPublication, PublicationReader } from '../../sync/ports.ts'
import { lineTo, type About, type Line, type Patience, type ReaderWorker } from './line.ts'
import type { FromReader, Question } from './messages.ts'
import { nameOf, spoilt } from './spoilt.ts'

export type ReaderOptions = Partial<Patience> & { readonly startWorker: () => ReaderWorker }

/** Reads publications in a worker that is started when one is opened, and ended when none has been open for a while. */
export function publicationReader({
  startWorker,
  idleMs = 20_000,
  silenceMs = 60_000,
}: ReaderOptions): PublicationReader {
  let line: Line | undefined
  return {
    async open(file, { signal } = {}) {
      signal?.throwIfAborted()
      if (!line || line.isOver) line = lineTo(startWorker(), { idleMs, silenceMs })
      return openOver(line, file, signal)
    },
  }
}

async function openOver(
  line: Line,
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<OpenPublication> {
  const name = nameOf(file)
  const publication = line.nextId()
  const opening = { jwpub: 'open', id: publication, file } as const
  const { contents } = await answerTo(line, opening, { name, signal })
  return {
    ...contents,
    async document(document) {
      const asked = { jwpub: 'document', id: line.nextId(), publication, document } as const
      return (await answerTo(line, asked, { name })).document
    },
    async picture(path) {
      const asked = { jwpub: 'picture', id: line.nextId(), publication, path } as const
      return (await answerTo(line, asked, { name })).picture
    },
    close() {
      line.close(publication)
      return Promise.resolve()
    },
  }
}

type AnswerKinds = { open: 'opened'; document: 'document'; picture: 'picture' }
type AnswerTo<Q extends Question> = Extract<FromReader, { jwpub: AnswerKinds[Q['jwpub']] }>

async function answerTo<Q extends Question>(
  line: Line,
  question: Q,
  about: About,
): Promise<AnswerTo<Q>> {
  const answer = await line.ask(question, about)
  if (answer.jwpub === 'failed') throw failedWith(answer.failure, about)
  if (answer.jwpub === 'broken') throw new Error(answer.message)
  return answer as AnswerTo<Q>
}

// A file may lose its name on its way to the worker.
function failedWith(failure: Failure, { name }: About): Failed {
  return failure.kind === 'bad-publication' ? spoilt(name) : new Failed(failure)
}
