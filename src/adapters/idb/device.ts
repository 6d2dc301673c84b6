import type { Device, Store } from '../../sync/ports.ts'
import type { Database } from './database.ts'
import type { WriteTransaction } from './schema.ts'

/** Who this device is; made up on first use. */
export function device(database: Database): Pick<Store, 'device' | 'renameDevice'> {
  return {
    async device() {
      const known = await database.read(['device'], (transaction) =>
        transaction.objectStore('device').get('this'),
      )
      return known ?? database.write({ stores: ['device'] }, knownOrNew)
    },
    renameDevice: (name) =>
      database.write({ stores: ['device'] }, async (transaction) => {
        const known = await knownOrNew(transaction)
        await transaction.objectStore('device').put({ ...known, name }, 'this')
      }),
  }
}

// Page and service worker may both be the first to ask: the one who writes first gives the name.
async function knownOrNew(transaction: WriteTransaction): Promise<Device> {
  const store = transaction.objectStore('device')
  const known = await store.get('this')
  if (known) return known
  const made = { id: newDeviceId(), name: '' }
  await store.add(made, 'this')
  return made
}

const letters = 'abcdefghijklmnopqrstuvwxyz012345'

// 32 letters, so that every one of 60 random bits counts and none weighs more.
function newDeviceId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => letters.charAt(byte % letters.length)).join('')
}
