import type { SqlJsStatic } from 'sql.js'
import { failureOf } from '../../domain/failure.ts'
import type { OpenPlaylist, OpenPublication } from '../../sync/ports.ts'
import { holding, queue } from './held.ts'
import type { FromReader, Question, ToReader } from './messages.ts'
import { openPlaylist } from './playlist.ts'
import { openPublication } from './publication.ts'

export type DeskOptions = {
  /** Rejects with Failed where SQLite cannot be had. */
  readonly sqlite: () => Promise<SqlJsStatic>
  readonly say: (message: FromReader) => void
}

/** The worker's side: holds the publications and playlists that the page has open, and answers its questions. */
export function readerDesk({ sqlite, say }: DeskOptions): (message: ToReader) => void {
  // One after the other: each needs memory for twice its size while it is unpacked.
  const inTurn = queue()
  const publications = holding<OpenPublication>(inTurn)
  const playlists = holding<OpenPlaylist>(inTurn)

  async function opened(id: number, file: Blob): Promise<FromReader> {
    const { facts, dated, documents } = await publications.open(id, async (signal) =>
      openPublication(file, { sqlite: await sqlite(), signal }),
    )
    return { jwpub: 'opened', id, contents: { facts, dated, documents } }
  }

  async function openedPlaylist(id: number, file: Blob): Promise<FromReader> {
    const { name, rows } = await playlists.open(id, async (signal) =>
      openPlaylist(file, { sqlite: await sqlite(), signal }),
    )
    return { jwpub: 'opened-playlist', id, playlist: { name, rows } }
  }

  async function answerTo(question: Question): Promise<FromReader> {
    const { id, jwpub } = question
    if (jwpub === 'open') return opened(id, question.file)
    if (jwpub === 'open-playlist') return openedPlaylist(id, question.file)
    if (jwpub === 'part') {
      const playlist = await playlists.get(question.playlist)
      return { jwpub, id, part: await playlist.part(question.path) }
    }
    const publication = await publications.get(question.publication)
    if (jwpub === 'overview') return { jwpub, id, overview: await publication.overview() }
    if (jwpub === 'picture') return { jwpub, id, picture: await publication.picture(question.path) }
    return { jwpub, id, document: await publication.document(question.document) }
  }

  function close(id: number): void {
    publications.close(id)
    playlists.close(id)
  }

  return (message) => {
    if (message.jwpub === 'close') close(message.id)
    else void answerTo(message).catch(troubleWith(message)).then(say)
  }
}

function troubleWith({ id }: Question): (error: unknown) => FromReader {
  return (error) => {
    const failure = failureOf(error)
    // Nobody waits any more for one that was closed while it was opened: what its end is called does not matter.
    return failure
      ? { jwpub: 'failed', id, failure }
      : { jwpub: 'broken', id, message: String(error) }
  }
}
