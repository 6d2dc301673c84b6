/**
 * A place with its origin as browsers spell it, so that one server has one spelling: a name of another script becomes
 * ASCII, an IPv6 address its shortest form. Undefined where there can be no such address.
 */
export function inBrowserSpelling<T extends { readonly origin: string }>(place: T): T | undefined {
  return URL.canParse(place.origin) ? { ...place, origin: new URL(place.origin).origin } : undefined
}
