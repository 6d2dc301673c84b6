import initSqlJs from 'sql.js'
import { readerDesk } from '../../src/adapters/jwpub/desk.ts'
import type { ReaderWorker } from '../../src/adapters/jwpub/line.ts'
import { isToReader } from '../../src/adapters/jwpub/messages.ts'

/** The reader's worker without a thread of its own: what is said is copied and arrives later, as between two contexts. */
export function readerWorker(): ReaderWorker & { readonly isEnded: boolean } {
  const events = new EventTarget()
  let isEnded = false
  const hear = readerDesk({
    sqlite: () => initSqlJs(),
    say: (message) => {
      const data: unknown = structuredClone(message)
      queueMicrotask(() => events.dispatchEvent(new MessageEvent('message', { data })))
    },
  })
  return {
    postMessage(message) {
      const data: unknown = structuredClone(message)
      queueMicrotask(() => {
        if (!isEnded && isToReader(data)) hear(data)
      })
    },
    terminate() {
      isEnded = true
    },
    addEventListener(type, listener) {
      events.addEventListener(type, listener)
    },
    get isEnded() {
      return isEnded
    },
  }
}
