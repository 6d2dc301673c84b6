import type { Fault } from './faults.ts'
import { origin } from './request.ts'

/** What a browser throws for anything that went wrong on the way. */
export function lost(): TypeError {
  return new TypeError('Failed to fetch')
}

export function loginPage(): Response {
  const page = '<!DOCTYPE html><html><body><form>Please log in</form></body></html>'
  return new Response(page, { status: 200, headers: { 'Content-Type': 'text/html' } })
}

export function redirect(): Response {
  return new Response(null, { status: 302, headers: { Location: `${origin}/login` } })
}

/** The answer with a body that breaks off. */
export function cutAnswer(
  answer: Response,
  { share, isSilent }: Extract<Fault, { do: 'cut down' }>,
): Response {
  return withBody(answer, (bytes, controller) => {
    controller.enqueue(bytes.slice(0, Math.floor(bytes.length * share)))
    if (isSilent) controller.close()
    else controller.error(lost())
  })
}

const drops = 10

/** The answer with a body that comes piece by piece. */
export function inDrops(answer: Response): Response {
  return withBody(answer, (bytes, controller) => {
    const size = Math.ceil(bytes.length / drops)
    for (let from = 0; from < bytes.length; from += size)
      controller.enqueue(bytes.slice(from, from + size))
    controller.close()
  })
}

function withBody(
  answer: Response,
  send: (bytes: Uint8Array, controller: ReadableStreamDefaultController<Uint8Array>) => void,
): Response {
  const { status, headers } = answer
  if (!answer.body) return answer
  const whole = answer.arrayBuffer()
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      send(new Uint8Array(await whole), controller)
    },
  })
  return new Response(stream, { status, headers })
}
