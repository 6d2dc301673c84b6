import { filmLibrary } from './film-library.ts'
import { mediaService, publicAddress } from './media-service.ts'
import type { Send } from './requests.ts'

/** What JW.org may be asked; `address` is that of another media service, absolute. */
export function jworgServices(send: Send, address: string = publicAddress) {
  return { service: mediaService(address, send), library: filmLibrary(address, send) }
}
