import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { whenClosed } from './closed.ts'
import { refuse } from './refusal.ts'

/** Lets so many requests be under way at once; 503 tells the others when to come again. */
export function atMost(most: number): RequestHandler {
  let underWay = 0
  return (request: Request, response: Response, next: NextFunction) => {
    if (underWay >= most) {
      response.set('Retry-After', '5')
      refuse(response, 503, 'Too much is under way.')
      return
    }
    underWay += 1
    whenClosed({ request, response }, () => (underWay -= 1))
    next()
  }
}
