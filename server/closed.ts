import type { Request, Response } from 'express'

/** Who asked, and where the answer goes. */
export type Asker = { readonly request: Request; readonly response: Response }

/** True once the answer is out or its client is gone. */
export function isClosed({ request, response }: Asker): boolean {
  return response.destroyed || request.socket.destroyed
}

/** Calls back once, as soon as the answer is out or its client is gone. */
export function whenClosed(asker: Asker, then: () => void): void {
  const { response } = asker
  const { socket } = asker.request
  // A pipelined answer that never got its turn on the line is not closed; its line is.
  const end = () => {
    socket.off('close', end)
    response.off('close', end)
    then()
  }
  if (isClosed(asker)) then()
  else {
    socket.once('close', end)
    response.once('close', end)
  }
}
