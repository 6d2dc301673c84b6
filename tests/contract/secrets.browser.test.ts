import { openDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'
import { browserSecrets } from '../../src/adapters/secrets/secrets.ts'

const password = 'correct horse, bätterÿ 🐎'

type Envelope = { readonly v: number; readonly iv: Uint8Array; readonly ct: ArrayBuffer }

type Damage = (envelope: Envelope) => unknown

describe('secrets', () => {
  let name = ''

  beforeEach(() => {
    name = `secrets-${crypto.randomUUID()}`
  })

  // What somebody sees who looks into the browser's storage.
  const look = () => openDB(name)

  async function tamper(change: Damage): Promise<void> {
    const database = await look()
    const envelope = (await database.get('envelopes', 'north')) as Envelope
    await database.put('envelopes', change(envelope), 'north')
    database.close()
  }

  test('a remembered password is there after the next start, for its congregation only', async () => {
    await browserSecrets(name).putPassword('north', password)
    await browserSecrets(name).putPassword('south', '')
    expect(await browserSecrets(name).password('north')).toBe(password)
    expect(await browserSecrets(name).password('south')).toBe('')
    expect(await browserSecrets(name).password('west')).toBeUndefined()
  })

  test('a new password takes the place of the old, a forgotten one is gone', async () => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', 'old')
    await secrets.putPassword('north', password)
    expect(await secrets.password('north')).toBe(password)
    await secrets.dropPassword('north')
    expect(await secrets.password('north')).toBeUndefined()
    expect(await (await look()).count('envelopes')).toBe(0)
  })

  test('the key goes with the last password, and not before', async () => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', password)
    await secrets.putPassword('south', password)
    await secrets.dropPassword('north')
    expect(await secrets.password('south')).toBe(password)
    await secrets.dropPassword('south')
    expect(await (await look()).count('keys')).toBe(0)
    await secrets.putPassword('north', 'new')
    expect(await secrets.password('north')).toBe('new')
  })

  test('a password that is remembered while another tab forgets the last one can be read', async () => {
    const tabs = [browserSecrets(name), browserSecrets(name)] as const
    for (let round = 0; round < 20; round += 1) {
      await tabs[0].putPassword('north', password)
      await Promise.all([tabs[0].dropPassword('north'), tabs[1].putPassword('south', password)])
      expect(await tabs[0].password('south')).toBe(password)
      await tabs[1].dropPassword('south')
    }
  })

  test('two tabs that remember their first password at once can both be read', async () => {
    const tabs = [browserSecrets(name), browserSecrets(name)]
    await Promise.all(tabs.map((tab, index) => tab.putPassword(`tab-${index}`, `word-${index}`)))
    expect(await browserSecrets(name).password('tab-0')).toBe('word-0')
    expect(await browserSecrets(name).password('tab-1')).toBe('word-1')
  })

  test('whoever looks into the storage finds neither the password nor a key to take away', async () => {
    await browserSecrets(name).putPassword('north', password)
    const database = await look()
    const { v, iv, ct } = (await database.get('envelopes', 'north')) as Envelope
    const key = (await database.get('keys', 'this')) as CryptoKey
    database.close()
    expect(v).toBe(1)
    expect(iv).toHaveLength(12)
    expect(new TextDecoder().decode(ct)).not.toContain('horse')
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
    expect(localStorage).toHaveLength(0)
  })

  test('the same password never looks the same twice', async () => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', password)
    await secrets.putPassword('south', password)
    const [north, south] = (await (await look()).getAll('envelopes')) as Envelope[]
    expect(north?.iv).not.toEqual(south?.iv)
    expect(new Uint8Array(north?.ct ?? [])).not.toEqual(new Uint8Array(south?.ct ?? []))
  })

  const damages: [string, Damage][] = [
    ['is damaged', (envelope) => ({ ...envelope, ct: envelope.ct.slice(1) })],
    ['is cut to nothing', (envelope) => ({ ...envelope, ct: new ArrayBuffer(0) })],
    ['was sealed by a later version', (envelope) => ({ ...envelope, v: 2 })],
    ['was sealed by a later version in its own way', () => ({ v: 2, kid: 'a', sealed: 'b' })],
    ['lost its nonce', ({ v, ct }) => ({ v, ct })],
    ['is not one at all', () => 'the password'],
  ]

  test.each(damages)('a password that %s is asked for again', async (_case, damage) => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', password)
    await tamper(damage)
    expect(await secrets.password('north')).toBeUndefined()
    await secrets.putPassword('north', password)
    expect(await secrets.password('north')).toBe(password)
  })

  test('one congregation cannot pass off the password of another as its own', async () => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', password)
    const database = await look()
    await database.put('envelopes', await database.get('envelopes', 'north'), 'south')
    database.close()
    expect(await secrets.password('south')).toBeUndefined()
  })

  test('a password whose key was cleared away is asked for again', async () => {
    const secrets = browserSecrets(name)
    await secrets.putPassword('north', password)
    const database = await look()
    await database.clear('keys')
    database.close()
    expect(await secrets.password('north')).toBeUndefined()
    await secrets.putPassword('south', 'new')
    expect(await secrets.password('north')).toBeUndefined()
    expect(await secrets.password('south')).toBe('new')
  })

  test('a context without a window reads what the page remembered', async () => {
    await browserSecrets(name).putPassword('north', password)
    const worker = new Worker(new URL('./secrets-worker.ts', import.meta.url), { type: 'module' })
    const answer = new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        resolve(data)
      }
    })
    worker.postMessage({ name, profile: 'north' })
    expect(await answer).toBe(password)
    worker.terminate()
  })
})
