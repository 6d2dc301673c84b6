import type { PublicationReader } from '../../sync/ports.ts'
import { publicationReader } from './reader.ts'
import workerUrl from './worker.ts?worker&url'

/** The form in which a browser with Trusted Types accepts a script's address; the types of the DOM know texts only. */
export type TrustScript = (url: string) => string | TrustedScriptURL

/** Reads publications in a worker of this page. */
export function pagePublicationReader({ trust }: { trust: TrustScript }): PublicationReader {
  return publicationReader({
    startWorker: () => new Worker(trust(workerUrl) as string, { type: 'module' }),
  })
}
