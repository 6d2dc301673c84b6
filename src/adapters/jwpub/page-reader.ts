import { publicationReader, type Reader } from './reader.ts'
import workerUrl from './worker.ts?worker&url'

/** The form in which a browser with Trusted Types accepts a script's address; the types of the DOM know texts only. */
export type TrustScript = (url: string) => string | TrustedScriptURL

/** Reads publications and playlists in a worker of this page. */
export function pagePublicationReader({ trust }: { trust: TrustScript }): Reader {
  return publicationReader({
    startWorker: () => new Worker(trust(workerUrl) as string, { type: 'module' }),
  })
}
