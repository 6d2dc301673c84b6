import type { SqlJsStatic } from 'sql.js'
import { failureOf } from '../../domain/failure.ts'
import type { OpenPublication } from '../../sync/ports.ts'
import type { FromReader, Question, ToReader } from './messages.ts'
import { openPublication } from './publication.ts'

export type DeskOptions = {
  /** Rejects with Failed where SQLite cannot be had. */
  readonly sqlite: () => Promise<SqlJsStatic>
  readonly say: (message: FromReader) => void
}

/** A publication that is open, or being opened. */
type Held = { readonly closing: AbortController; readonly opening: Promise<OpenPublication> }

/** The worker's side: holds the publications that the page has open, and answers its questions. */
export function readerDesk({ sqlite, say }: DeskOptions): (message: ToReader) => void {
  const held = new Map<number, Held>()
  let turn: Promise<unknown> = Promise.resolve()

  // One after the other: each needs memory for twice its size while it is unpacked.
  function open(id: number, file: Blob): Promise<OpenPublication> {
    const closing = new AbortController()
    const { signal } = closing
    const opening = turn.then(async () => {
      signal.throwIfAborted()
      return openPublication(file, { sqlite: await sqlite(), signal })
    })
    turn = opening.catch(() => undefined)
    held.set(id, { closing, opening })
    return opening
  }

  function close(id: number): void {
    const publication = held.get(id)
    held.delete(id)
    publication?.closing.abort()
    // What could not be opened needs no closing.
    publication?.opening.then((opened) => opened.close()).catch(() => undefined)
  }

  async function answerTo(question: Question): Promise<FromReader> {
    const { id } = question
    if (question.jwpub === 'open') {
      const { facts, dated, documents } = await open(id, question.file)
      return { jwpub: 'opened', id, contents: { facts, dated, documents } }
    }
    const publication = await held.get(question.publication)?.opening
    if (!publication) throw new Error('this publication is not open')
    return question.jwpub === 'document'
      ? { jwpub: 'document', id, document: await publication.document(question.document) }
      : { jwpub: 'picture', id, picture: await publication.picture(question.path) }
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
