import { mediaService, publicAddress } from './media-service.ts'
import type { Send } from './requests.ts'

/** What JW.org may be asked; `address` is that of another media service, absolute. */
export function jworgServices(send: Send, address: string = publicAddress) {
  return {
    service: mediaService(address, send),
    // Its code comes when somebody looks for a film.
    library: async () => (await import('./film-library.ts')).filmLibrary(address, send),
  }
}
