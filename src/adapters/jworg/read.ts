import { Failed } from '../../domain/failure.ts'
import type { Catalogue, RemoteBody } from '../../sync/ports.ts'
import { get, refusal, straight, type Send } from './requests.ts'

// Browsers end what a service worker does after five minutes; a part takes about one.
const withinMs = 240_000

type ReadOptions = NonNullable<Parameters<Catalogue['read']>[1]>

/** The bytes of a file of JW.org's that is on the network, as Catalogue.read. */
export async function readJworg(
  url: string,
  options: ReadOptions = {},
  send: Send = straight,
): Promise<RemoteBody> {
  const name = url.slice(url.lastIndexOf('/') + 1)
  // What came out of a publication is on the shelf, or is put there again by the next update.
  if (!/^https?:|^\//.test(url)) throw new Failed({ kind: 'not-stored', name })
  return get(url, { ...options, send, withinMs }, async (response) => {
    if (!response.ok) throw refusal(response, name)
    return { blob: await response.blob(), isPartial: response.status === 206 }
  })
}
