// A second context of the browser, as the service worker is one: writes one row where it is told to.
import { idbStore } from '../../src/adapters/idb/store.ts'

type Order = { readonly name: string; readonly profile: string }

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  const { name, profile } = data
  const row = { ref: 'remote:a', key: 'sha256-a', version: { size: 5, modified: 7 } } as const
  void idbStore(name).putFiles(profile, [row])
})
