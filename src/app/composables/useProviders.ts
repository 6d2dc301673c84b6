import { readAddress, type AddressFields } from '../../domain/address.ts'
import { offersOf, type Offer } from '../../domain/providers.ts'
import { useSession } from './useSession.ts'

/** The providers to choose from, as far as the app's own server can help to reach them. */
export function useProviders() {
  const { config } = useSession().ports
  const { dav, upstreams } = config
  const offers = offersOf({ origin: location.origin, dav, upstreams })
  const unreachable = offers.filter(({ inBrowser }) => inBrowser === 'needs-relay')

  return {
    offers,
    /** The provider whose own address stands in the fields, where no web app is let in. */
    unreachableAt: (fields: Pick<AddressFields, 'webAddress' | 'port'>): Offer | undefined => {
      const origin = originOf(fields)
      return origin === undefined
        ? undefined
        : unreachable.find(({ prefills }) => originOf(prefills) === origin)
    },
  }
}

// Which folder of the server it is makes no difference.
function originOf({ webAddress, port }: Pick<AddressFields, 'webAddress' | 'port'>) {
  const address = readAddress({ webAddress, port, folder: '/' })
  return typeof address === 'string' ? undefined : address.origin
}
