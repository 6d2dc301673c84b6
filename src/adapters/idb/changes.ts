const channelName = 'lectern-store'

/** Something was written; `profile` where it belongs to one. */
export type StoreChange = { readonly profile?: string }

/** Tells every tab, the service worker and this very context that something was written. */
export function announce(change: StoreChange): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage(change)
  channel.close()
}

/** Hears every write to the store, whoever did it, this context included. Answers how to stop. */
export function onStoreChange(listener: (change: StoreChange) => void): () => void {
  // A channel hears all others of its name, also those of its own context.
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isStoreChange(data)) listener(data)
  }
  return () => {
    channel.close()
  }
}

function isStoreChange(data: unknown): data is StoreChange {
  if (typeof data !== 'object' || data === null) return false
  return !('profile' in data) || typeof data.profile === 'string'
}
