const localNames = /^(?:[^.:]+|.+\.(?:localhost|local|lan|home|internal|home\.arpa|fritz\.box))$/
const localV4 = /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/
const localV6 = /^\[(?:::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/

/**
 * True for an origin on this device or in the network around it, as far as its name tells: RFC 1918, 3927, 4193, 4291,
 * 6762, 8375. Browsers let pages from elsewhere speak to such only with a permission of the user's.
 */
export function isLocal(origin: string): boolean {
  const [, host = ''] = /^https?:\/\/(\[[^\]]*\]|[^:/]*)/i.exec(origin.toLowerCase()) ?? []
  return localNames.test(host) || localV4.test(host) || localV6.test(host)
}
