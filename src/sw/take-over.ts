import type { Message } from './message.ts'

/** Lets a waiting newer version take over once the page says that the user wants it (workbox-window's message). */
export function takeOverWhenAsked(worker: {
  skipWaiting(): Promise<void>
}): (message: Message) => void {
  return (message) => {
    const { data } = message
    if (typeof data !== 'object' || data === null || !('type' in data)) return
    if (data.type === 'SKIP_WAITING') message.waitUntil(worker.skipWaiting())
  }
}
