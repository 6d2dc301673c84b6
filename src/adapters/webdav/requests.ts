import { Failed } from '../../domain/failure.ts'
import { parentOf } from '../../domain/layout.ts'
import type { Connection, RemoteBody } from '../../sync/ports.ts'
import { addressOf } from './address.ts'
import { bodyOf, textOf } from './body.ts'
import type { Ask, Client } from './client.ts'
import { mostBytes, troubleIn } from './envelope.ts'
import { isSuccess, refused, type Outcome } from './failures.ts'
import { canTellProgress, uploadWithProgress } from './upload.ts'
import { onLine, type Limits, type Line } from './waiting.ts'

/** `text` is undefined where the answer had more than anybody can use. */
export type Answer = Outcome & { readonly text: string | undefined }

type Upload = Ask & { readonly body: Blob }

type OnSent = (bytes: number) => void

/** The requests that a sync folder is made of, each rejecting as the port may; statuses are for the caller to judge. */
export type Requests = {
  propfind(
    depth: '0' | '1' | 'infinity',
    where: Pick<Ask, 'path' | 'url' | 'signal'>,
  ): Promise<Answer>
  /** A deed that the server may refuse within a success. */
  perform(deed: Ask): Promise<Outcome>
  upload(deed: Upload, onSent?: OnSent): Promise<Outcome>
  /** The bytes of a file; a refusal rejects. */
  download(asked: Ask, range?: { from: number; to: number }): Promise<RemoteBody>
}

const propertiesAsked =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>' +
  '<resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>'

// Smaller files are gone before anybody has read how much of them is.
const worthTellingBytes = 1_048_576

type Context = {
  readonly connection: Connection
  readonly client: Client
  readonly limits: Limits
}

export function requestsOf({ connection, client, limits }: Context): Requests {
  function ask(question: Ask): Promise<Answer> {
    return client.exchange(question, answerIn)
  }

  function propfind(
    depth: '0' | '1' | 'infinity',
    where: Pick<Ask, 'path' | 'url' | 'signal'>,
  ): Promise<Answer> {
    const headers = { Depth: depth, 'Content-Type': 'application/xml; charset=utf-8' }
    return ask({ ...where, method: 'PROPFIND', headers, body: propertiesAsked })
  }

  // A success may be a multistatus that tells of a trouble: Nephele's 207 for a MOVE that it did not do.
  async function perform(deed: Ask): Promise<Outcome> {
    const answer = await ask(deed)
    const trouble = answer.status === 207 ? troubleIn(textIn(answer, deed.path)) : undefined
    return trouble === undefined ? answer : { ...answer, status: trouble }
  }

  async function uploadTelling(deed: Upload, onSent: OnSent): Promise<Outcome> {
    const { path, url, body, signal } = deed
    // An upload with a wrong password would make the browser itself ask for another one.
    const parent = parentOf(path)
    const where = { path: parent, url: addressOf(connection, parent, 'folder'), signal }
    const answer = await propfind('0', where)
    if (!isSuccess(answer.status)) return answer
    const headers = { ...client.headers, ...deed.headers }
    return onLine({ silenceMs: limits.deedMs, signal }, (line) =>
      uploadWithProgress({ url, headers, body, line, onSent }),
    )
  }

  return {
    propfind,
    perform,
    async upload(deed, onSent) {
      if (onSent && deed.body.size >= worthTellingBytes && canTellProgress())
        return uploadTelling(deed, onSent)
      const outcome = await perform(deed)
      if (isSuccess(outcome.status)) onSent?.(deed.body.size)
      return outcome
    },
    download: (asked, range) =>
      client.exchange(asked, async (response, line) => {
        if (!response.ok) throw await refusedBy(response, asked)
        // How long a film takes depends on the line.
        line.trust()
        return bodyOf(response, { path: asked.path, range })
      }),
  }
}

async function answerIn(response: Response, line: Line): Promise<Answer> {
  const text = await textOf(response, { mostBytes, line })
  return { status: response.status, retryAfter: response.headers.get('Retry-After'), text }
}

/** Throws 'bad-answer' for an answer that had more than anybody can use. */
export function textIn({ text }: Answer, path: string): string {
  if (text === undefined) throw new Failed({ kind: 'bad-answer', path })
  return text
}

// The body is let go of: it would hold its connection.
async function refusedBy(response: Response, asked: Ask): Promise<Failed> {
  const retryAfter = response.headers.get('Retry-After')
  await response.body?.cancel()
  return refused(asked, { status: response.status, retryAfter })
}
