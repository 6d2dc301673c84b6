import { describe, expect, test } from 'vitest'
import { pageSecrets } from '../../../src/adapters/secrets/page-secrets.ts'
import { connectedRemote, keepAnswer, keepPassword } from '../../../src/sync/connect.ts'
import type { Connection, Secrets } from '../../../src/sync/ports.ts'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'
import { memorySecrets } from '../../doubles/memory-secrets.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

const account: Connection = { origin: 'https://example.org', user: 'vo', folder: '/dav/' }
const asking: Connection = { ...account, asksPassword: true }
const needed = { failure: { kind: 'password-needed' } }

async function congregation(connection: Connection = account) {
  const store = memoryStore()
  const kept = memorySecrets()
  const profile = { id: 'north', name: 'North', connection }
  await store.putProfile(profile)
  return { store, kept, profile, secrets: pageSecrets(kept, crypto.randomUUID()) }
}

/** The passwords with which the server was spoken to. */
function watchedServer() {
  const tried: string[] = []
  const webdavRemote = ({ password }: { readonly password: string }) => {
    tried.push(password)
    return memoryRemote()
  }
  return { tried, webdavRemote }
}

describe('the sync folder', () => {
  test('is spoken to with the password this device remembers, or the one it was given', async () => {
    const { store, secrets } = await congregation()
    const { tried, webdavRemote } = watchedServer()
    await secrets.putPassword('north', 'remembered')
    await connectedRemote({ store, secrets, webdavRemote }, 'north')
    await connectedRemote({ store, secrets, webdavRemote }, 'north', 'given')
    expect(tried).toEqual(['remembered', 'given'])
  })

  test.each([undefined, ''])('is asked nothing without a password (%j)', async (password) => {
    const { store } = await congregation()
    const { tried, webdavRemote } = watchedServer()
    const secrets: Pick<Secrets, 'password'> = { password: () => Promise.resolve(password) }
    const remote = await connectedRemote({ store, secrets, webdavRemote }, 'north')
    await expect(remote?.list('')).rejects.toMatchObject(needed)
    await expect(remote?.stat('')).rejects.toMatchObject(needed)
    await expect(remote?.write('Media/a.jpg', new Blob(['a']))).rejects.toMatchObject(needed)
    expect(tried).toEqual([])
  })

  test('an update without a password brings the programme, keeps what is here, and says what is missing', async () => {
    const { store, secrets } = await congregation(asking)
    const { tried, webdavRemote } = watchedServer()
    const remote = await connectedRemote({ store, secrets, webdavRemote }, 'north')
    const song = { id: 'song', day: '2026-11-25', name: 'Song 44.mp4' } as const
    const catalogue = memoryCatalogue([song])
    const hall = await openDevice({
      id: 'hall',
      today: '2026-11-21',
      catalogue,
      ...(remote && { remote }),
    })
    await hall.add('2026-11-25', 'photo.jpg', 'a picture')
    const receipt = await hall.update()
    expect(receipt).toMatchObject({ ...needed, isFresh: false, failed: [] })
    expect(await hall.shown('2026-11-25')).toEqual(expect.arrayContaining([song.name]))
    expect(Object.keys(await hall.folder.tree()).join()).toContain(song.name)
    expect(await hall.outbox()).toHaveLength(1)
    expect(tried).toEqual([])
  })
})

describe('a password', () => {
  test('that is remembered is kept on this device, and not held by the page', async () => {
    const { secrets, kept, profile } = await congregation()
    await keepPassword(secrets, profile, 'secret')
    expect(kept.kept.get('north')).toBe('secret')
    expect(secrets.heldPassword('north')).toBeUndefined()
  })

  test('that is asked for each time is held by the page alone', async () => {
    const { secrets, kept, profile } = await congregation(asking)
    await keepPassword(secrets, profile, 'secret')
    expect(kept.kept.size).toBe(0)
    expect(secrets.heldPassword('north')).toBe('secret')
    expect(await secrets.password('north')).toBe('secret')
  })

  test('that was remembered is wiped at once where it is to be asked for from now on', async () => {
    const { secrets, kept, profile } = await congregation()
    await keepPassword(secrets, profile, 'secret')
    await keepPassword(secrets, { ...profile, connection: asking }, 'secret')
    expect(kept.kept.size).toBe(0)
    await keepPassword(secrets, profile, 'secret')
    expect(kept.kept.get('north')).toBe('secret')
  })

  test('of another account does not stay when the new one’s is not known', async () => {
    const { secrets, kept, profile } = await congregation()
    await keepPassword(secrets, profile, 'of the old account')
    await keepPassword(secrets, { ...profile, connection: { ...account, user: 'hall' } }, '')
    expect(kept.kept.size).toBe(0)
    expect(await secrets.password('north')).toBeUndefined()
  })

  test('that somebody enters is not kept for a congregation that another tab has forgotten', async () => {
    const { store, secrets, kept } = await congregation()
    await store.dropProfile('north')
    await keepAnswer({ store, secrets }, 'north', 'secret')
    expect(kept.kept.size).toBe(0)
  })

  test('is not kept either when the congregation is forgotten at that very moment', async () => {
    const { store, kept } = await congregation()
    const putPassword: Secrets['putPassword'] = async (profile, password) => {
      await store.dropProfile(profile)
      await kept.putPassword(profile, password)
    }
    const secrets = pageSecrets({ ...kept, putPassword }, crypto.randomUUID())
    await keepAnswer({ store, secrets }, 'north', 'secret')
    expect(kept.kept.size).toBe(0)
  })

  test('is kept when it was asked for and entered', async () => {
    const { store, secrets, kept } = await congregation()
    await keepAnswer({ store, secrets }, 'north', 'secret')
    expect(kept.kept.get('north')).toBe('secret')
  })
})

test('what one tab forgets or replaces no other tab still holds; none tells another its password', async () => {
  const kept = memorySecrets()
  const name = crypto.randomUUID()
  const [here, there] = [pageSecrets(kept, name), pageSecrets(kept, name)]
  const heard: unknown[] = []
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data)
  await here.holdPassword('north', 'secret')
  await there.holdPassword('north', 'secret')
  await here.dropPassword('north')
  await expect.poll(() => there.heldPassword('north')).toBeUndefined()
  await there.holdPassword('north', 'old')
  await here.putPassword('north', 'new')
  await expect.poll(() => there.password('north')).toBe('new')
  channel.close()
  expect(new Set(heard)).toEqual(new Set(['north']))
})
