import { Failed, type Failure } from '../../domain/failure.ts'
import type {
  OpenPlaylist,
  OpenPublication,
  PlaylistReader,
  PublicationReader,
} from '../../sync/ports.ts'
import { lineTo, type About, type Line, type Patience, type ReaderWorker } from './line.ts'
import type { FromReader, Question } from './messages.ts'
import { nameOf, spoilt } from './spoilt.ts'

export type ReaderOptions = Partial<Patience> & { readonly startWorker: () => ReaderWorker }

/** Reads what JW.org and JW Library pack into files. */
export type Reader = PublicationReader & PlaylistReader

/**
 * Reads publications and playlists in a worker that is started when one is opened, and ended when none has been open for
 * a while.
 */
export function publicationReader({
  startWorker,
  idleMs = 20_000,
  silenceMs = 60_000,
}: ReaderOptions): Reader {
  let line: Line | undefined
  const lineNow = () => {
    if (!line || line.isOver) line = lineTo(startWorker(), { idleMs, silenceMs })
    return line
  }
  return {
    async open(file, { signal } = {}) {
      signal?.throwIfAborted()
      return openOver(lineNow(), file, signal)
    },
    async openPlaylist(file, { signal } = {}) {
      signal?.throwIfAborted()
      return openPlaylistOver(lineNow(), file, signal)
    },
  }
}

async function openOver(
  line: Line,
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<OpenPublication> {
  const about: About = { what: 'publication', name: nameOf(file) }
  const publication = line.nextId()
  const opening = { jwpub: 'open', id: publication, file } as const
  const { contents } = await answerTo(line, opening, { ...about, signal })
  return {
    ...contents,
    async document(document) {
      const asked = { jwpub: 'document', id: line.nextId(), publication, document } as const
      return (await answerTo(line, asked, about)).document
    },
    async overview() {
      const asked = { jwpub: 'overview', id: line.nextId(), publication } as const
      return (await answerTo(line, asked, about)).overview
    },
    async picture(path) {
      const asked = { jwpub: 'picture', id: line.nextId(), publication, path } as const
      return (await answerTo(line, asked, about)).picture
    },
    close: () => closed(line, publication),
  }
}

async function openPlaylistOver(
  line: Line,
  file: Blob,
  signal: AbortSignal | undefined,
): Promise<OpenPlaylist> {
  const about: About = { what: 'playlist', name: nameOf(file) }
  const playlist = line.nextId()
  const opening = { jwpub: 'open-playlist', id: playlist, file } as const
  const opened = await answerTo(line, opening, { ...about, signal })
  return {
    ...opened.playlist,
    async part(path) {
      const asked = { jwpub: 'part', id: line.nextId(), playlist, path } as const
      return (await answerTo(line, asked, about)).part
    },
    close: () => closed(line, playlist),
  }
}

function closed(line: Line, id: number): Promise<void> {
  line.close(id)
  return Promise.resolve()
}

type AnswerKinds = {
  open: 'opened'
  document: 'document'
  overview: 'overview'
  picture: 'picture'
  'open-playlist': 'opened-playlist'
  part: 'part'
}
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
function failedWith(failure: Failure, about: About): Failed {
  return failure.kind === `bad-${about.what}` ? spoilt(about) : new Failed(failure)
}
