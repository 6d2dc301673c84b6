import { offersOf } from '../../domain/providers.ts'
import { useSession } from './useSession.ts'

/** The providers to choose from, as far as the app's own server can help to reach them. */
export function useProviders() {
  const { config } = useSession().ports
  const { dav, upstreams } = config
  return { offers: offersOf({ origin: location.origin, dav, upstreams }) }
}
