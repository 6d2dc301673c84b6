/** Lets a waiting newer version take over once the page says that the user wants it (workbox-window's message). */
export function takeOverWhenAsked(
  worker: Pick<ServiceWorkerGlobalScope, 'skipWaiting'>,
): (event: ExtendableMessageEvent) => void {
  return (event) => {
    const data: unknown = event.data
    if (typeof data !== 'object' || data === null || !('type' in data)) return
    if (data.type === 'SKIP_WAITING') event.waitUntil(worker.skipWaiting())
  }
}
