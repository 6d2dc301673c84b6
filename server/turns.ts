import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { isClosed, whenClosed, type Asker } from './closed.ts'

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
    void turns(() => untilClosed({ request, response }, next))
  }
}

function untilClosed(asker: Asker, next: NextFunction): Promise<void> {
  return new Promise((resolve) => {
    const isLate = isClosed(asker)
    whenClosed(asker, resolve)
    if (!isLate) next()
  })
}
