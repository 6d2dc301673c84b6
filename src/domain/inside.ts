// Addresses of JW.org's media that no network knows.

/** Names what came out of a file, by that file's MD5 and the bare name there. */
export function insideUrl(md5: string, path: string): string {
  return `jwpub:${md5}/${encodeURIComponent(path)}`
}

/** True for what is on a device's own shelf and nowhere else. */
export function isInside({ url }: { readonly url: string }): boolean {
  return url.startsWith('jwpub:')
}

/** Names a file in the sync folder by its path there. */
export function sharedUrl(path: string): string {
  return `sync:${path}`
}

/** The path in the sync folder that an address names; undefined for all other addresses. */
export function sharedPath(url: string): string | undefined {
  return url.startsWith('sync:') ? url.slice('sync:'.length) : undefined
}
