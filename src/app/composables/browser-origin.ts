import type { Profile } from '../../sync/ports.ts'

/**
 * A place with its origin as browsers spell it, so that one server has one spelling: a name of another script becomes
 * ASCII, an IPv6 address its shortest form. Undefined where there can be no such address.
 */
export function inBrowserSpelling<T extends { readonly origin: string }>(place: T): T | undefined {
  return URL.canParse(place.origin) ? { ...place, origin: new URL(place.origin).origin } : undefined
}

/** A congregation with its addresses as browsers spell them: an earlier Lectern kept them as they were typed. */
export function profileInBrowserSpelling(profile: Profile): Profile {
  const { connection, formerly } = profile
  return {
    ...profile,
    ...(connection && { connection: inBrowserSpelling(connection) ?? connection }),
    ...(formerly && { formerly: inBrowserSpelling(formerly) ?? formerly }),
  }
}
