import type { Store } from '../../sync/ports.ts'
import { blobReads } from './blobs.ts'
import { blobsOrBytes } from './bodies.ts'
import { collection } from './collect.ts'
import { database } from './database.ts'
import { device } from './device.ts'
import { downloads } from './downloads.ts'
import { files } from './files.ts'
import { inbox } from './inbox.ts'
import { outbox } from './outbox.ts'
import { profiles } from './profiles.ts'

/** The Store port on IndexedDB. Works in the page and in the service worker, both at once. */
export function idbStore(name = 'lectern'): Store {
  const opened = database(name)
  const withBodies = blobsOrBytes()
  return {
    ...device(opened),
    ...profiles(opened),
    ...outbox(opened, withBodies),
    ...files(opened, withBodies),
    ...blobReads(opened),
    ...downloads(opened, withBodies),
    ...collection(opened),
    ...inbox(opened, withBodies),
  }
}
