import { Failed } from '../../domain/failure.ts'
import type { MediaQuestion, MediaService } from '../../sync/ports.ts'
import { readAnswer } from './answer.ts'
import { get, isNothing, jsonIn, refusal, type Send } from './requests.ts'

/** Where JW.org's media service is asked. */
export const publicAddress = 'https://b.jw-cdn.org/apis/pub-media/GETPUBMEDIALINKS'

const withinMs = 30_000

const json = { output: 'json' }

const formatsOf: Readonly<Record<MediaQuestion['kind'], readonly string[]>> = {
  publication: ['JWPUB'],
  film: ['MP4', 'M4V'],
  sound: ['MP3', 'M4A'],
}

/** JW.org's media service at an address of GETPUBMEDIALINKS, absolute. */
export function mediaService(address: string = publicAddress, send?: Send): MediaService {
  return {
    ask(question, { signal } = {}) {
      const wanted = { language: question.language, formats: formatsOf[question.kind], address }
      return get(addressFor(question, address), { send, signal, withinMs }, async (response) => {
        const isNone = isNothing(response)
        if (!response.ok && !isNone) throw refusal(response, nameOf(question))
        const answer = await jsonIn(response)
        // "Not published" the service says in a list; a page with that status is somebody else's.
        const files = isNone && !Array.isArray(answer) ? undefined : readAnswer(answer, wanted)
        if (!files) throw new Failed({ kind: 'bad-answer', path: nameOf(question) })
        return files
      })
    },
    page: (question) =>
      addressFor(question, address, { output: 'html', txtCMSLang: question.language }),
  }
}

function addressFor(question: MediaQuestion, address: string, shape: object = json): string {
  const { symbol, issue, track, document } = question
  const url = new URL(address)
  const asked = {
    ...shape,
    alllangs: '0',
    langwritten: question.language,
    fileformat: formatsOf[question.kind].join(','),
    pub: symbol,
    issue: issue ? monthOf(issue) : undefined,
    track,
    docid: symbol === undefined ? document : undefined,
  }
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return url.href
}

// YYYYMM00 is a month; other issues have a day.
function monthOf(issue: number): string {
  return String(issue).replace(/00$/, '')
}

function nameOf({ symbol, document, issue, track }: MediaQuestion): string {
  return [symbol ?? document, issue, track].filter(Boolean).join(' ')
}
