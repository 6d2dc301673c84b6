// Compiled code that only some views need is too large to be brought to everyone in advance: it is kept from its first
// use on.
const path =
  /^\/assets\/(?:[^/]+\.(?:wasm|bcmap|pfb|ttf)|(?:worker|sortable|diceware|pdf|heic-worker|mediabunny)[\w.-]*-[\w-]{8}\.js)$/
// The build ends a name with a hash of the content.
const hash = /-[\w-]{8}\.(?:wasm|bcmap|pfb|ttf|js)$/

/** As much of the browser's caches as is needed. */
export type UsedCode = Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>

export function isUsedCodeUrl(url: URL): boolean {
  return path.test(url.pathname)
}

/** Answers with what was kept, else from the network, which is then kept in the place of its former version. */
export async function serveUsedCode(
  cache: UsedCode,
  request: Request,
  get: typeof fetch = fetch,
): Promise<Response> {
  const kept = await cache.match(request)
  if (kept) return kept
  const response = await get(request)
  if (response.ok) await keep(cache, request, response.clone())
  return response
}

async function keep(cache: UsedCode, request: Request, response: Response): Promise<void> {
  const former = (await cache.keys()).filter(({ url }) => stemOf(url) === stemOf(request.url))
  await Promise.all(former.map((one) => cache.delete(one)))
  // A full disk must not keep from running what has just arrived.
  await cache.put(request, response).catch(() => undefined)
}

function stemOf(url: string): string {
  return url.replace(hash, '')
}
