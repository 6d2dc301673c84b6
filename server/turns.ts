import type { NextFunction, Request, RequestHandler, Response } from 'express'

/** Runs tasks one after the other; one that fails does not stop the next. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>

/** A fresh queue. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const mine = last.then(task)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** Lets requests through one at a time, each until its answer is out or its client is gone. */
export function inTurn(turns: Turns): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    void turns(() => untilClosed(request, response, next))
  }
}

// A pipelined answer that never got its turn on the line is not closed; its line is.
function untilClosed(request: Request, response: Response, next: NextFunction): Promise<void> {
  const { socket } = request
  return new Promise((resolve) => {
    if (response.destroyed || socket.destroyed) {
      resolve()
      return
    }
    const end = () => {
      socket.off('close', end)
      response.off('close', end)
      resolve()
    }
    socket.once('close', end)
    response.once('close', end)
    next()
  })
}
