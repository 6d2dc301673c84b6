import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import { Failed } from '../../domain/failure.ts'
import type { Secrets } from '../../sync/ports.ts'

type Envelope = {
  readonly v: 1
  readonly iv: Uint8Array<ArrayBuffer>
  readonly ct: ArrayBuffer
}

interface SecretsDB extends DBSchema {
  keys: { key: 'this'; value: CryptoKey }
  envelopes: { key: string; value: Envelope }
}

type Connect = () => Promise<IDBPDatabase<SecretsDB>>

/**
 * Passwords, encrypted with a key that the browser uses for us and never shows. It keeps them out of exports, backups
 * and casual view, not from somebody who uses this browser. A password that cannot be decrypted any more is undefined.
 */
export function browserSecrets(name = 'lectern-secrets'): Secrets {
  const connect = connection(name)
  return {
    async password(profile) {
      const database = await connect()
      const [key, envelope] = await stored(database, profile)
      return key && isEnvelope(envelope) ? opened(key, envelope, profile) : undefined
    },
    async putPassword(profile, password) {
      const database = await connect()
      const key = await keyOf(database)
      await kept(
        keepWithKey(database, { key, profile, envelope: await sealed(key, profile, password) }),
      )
    },
    async dropPassword(profile) {
      const transaction = (await connect()).transaction(['keys', 'envelopes'], 'readwrite')
      await Promise.all([dropWithKey(transaction, profile), transaction.done])
    },
  }
}

type Changes = IDBPTransaction<SecretsDB, ['keys', 'envelopes'], 'readwrite'>

// A key that opens nothing any more is one more thing to steal.
async function dropWithKey(transaction: Changes, profile: string): Promise<void> {
  const envelopes = transaction.objectStore('envelopes')
  await envelopes.delete(profile)
  if ((await envelopes.count()) === 0) await transaction.objectStore('keys').delete('this')
}

type Sealed = {
  readonly key: CryptoKey
  readonly profile: string
  readonly envelope: Envelope
}

// The key may have gone with another tab's last password while this one was being sealed.
async function keepWithKey(
  database: IDBPDatabase<SecretsDB>,
  { key, profile, envelope }: Sealed,
): Promise<void> {
  const transaction = database.transaction(['keys', 'envelopes'], 'readwrite')
  const keys = transaction.objectStore('keys')
  const keep = async () => {
    if (!(await keys.get('this'))) await keys.add(key, 'this')
    await transaction.objectStore('envelopes').put(envelope, profile)
  }
  await Promise.all([keep(), transaction.done])
}

async function stored(
  database: IDBPDatabase<SecretsDB>,
  profile: string,
): Promise<[CryptoKey | undefined, unknown]> {
  return Promise.all([database.get('keys', 'this'), database.get('envelopes', profile)])
}

async function keyOf(database: IDBPDatabase<SecretsDB>): Promise<CryptoKey> {
  const known = await database.get('keys', 'this')
  if (known) return known
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  return kept(firstKey(database, made))
}

// Another tab may have made one meanwhile: whose key stands first is everybody's.
async function firstKey(database: IDBPDatabase<SecretsDB>, made: CryptoKey): Promise<CryptoKey> {
  const transaction = database.transaction('keys', 'readwrite')
  const settle = async () => {
    const known = await transaction.store.get('this')
    if (!known) await transaction.store.add(made, 'this')
    return known ?? made
  }
  const [key] = await Promise.all([settle(), transaction.done])
  return key
}

// The profile is bound into the envelope, so that one congregation's password cannot be passed off as another's.
function algorithm(iv: Uint8Array<ArrayBuffer>, profile: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(profile) }
}

async function sealed(key: CryptoKey, profile: string, password: string): Promise<Envelope> {
  // A fresh nonce for every message under a key: NIST SP 800-38D §8.
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(password)
  return { v: 1, iv, ct: await crypto.subtle.encrypt(algorithm(iv, profile), key, text) }
}

// Whatever a later version, or damage, has left there is none of ours.
function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false
  if (!('v' in value && 'iv' in value && 'ct' in value)) return false
  return value.v === 1 && value.iv instanceof Uint8Array && value.ct instanceof ArrayBuffer
}

async function opened(
  key: CryptoKey,
  { iv, ct }: Envelope,
  profile: string,
): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(iv, profile), key, ct))
  } catch (error) {
    // The tag does not fit: another key, or damaged. The user is asked again.
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

async function kept<Result>(writing: Promise<Result>): Promise<Result> {
  try {
    return await writing
  } catch (error) {
    const isFull = error instanceof Error && error.name === 'QuotaExceededError'
    throw isFull ? new Failed({ kind: 'quota' }, { cause: error }) : error
  }
}

function connection(name: string): Connect {
  let opening: Promise<IDBPDatabase<SecretsDB>> | undefined
  const forget = () => {
    opening = undefined
  }
  const open = () =>
    openDB<SecretsDB>(name, 1, {
      upgrade(database) {
        database.createObjectStore('keys')
        database.createObjectStore('envelopes')
      },
      blocking(_current, _blocked, event) {
        forget()
        ;(event.target as IDBDatabase).close()
      },
      terminated: forget,
    })
  return () => {
    opening ??= open().catch((error: unknown) => {
      forget()
      throw error
    })
    return opening
  }
}
