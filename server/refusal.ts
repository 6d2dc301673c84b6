import type { ServerResponse } from 'node:http'

/** Answers with a status and one plain sentence; an answer that had begun breaks off, so that nobody takes it for whole. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.end(`${sentence}\n`)
}
