import { expect, test } from 'vitest'
import { folderHandles } from '../../src/adapters/idb/handles.ts'
import { idbStore } from '../../src/adapters/idb/store.ts'
import { pageSecrets } from '../../src/adapters/secrets/page-secrets.ts'
import { browserSecrets } from '../../src/adapters/secrets/secrets.ts'
import { forgetCongregation } from '../../src/sync/forget.ts'
import { spellingsOf, searchBrowser } from '../e2e/search-all.ts'
import { addAct, bytes, film, heldFile, long, picture, song } from './store-given.ts'

const account = { user: 'vo', password: 'correct horse, bätterÿ 🐎' }
const connection = { origin: 'https://example.org', user: account.user, folder: '/dav/' }

/** Two congregations on one device: the north with secrets and media of its own, both with one song. */
async function openDevice() {
  const place = crypto.randomUUID()
  const store = idbStore(`lectern-${place}`)
  const folders = folderHandles(`lectern-${place}`)
  const secrets = pageSecrets(browserSecrets(`secrets-${place}`), place)
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(`hall-${place}`, { create: true })
  const [north, south] = [`north-${place}`, `south-${place}`]
  for (const id of [north, south]) {
    await store.putProfile({ id, name: id, connection })
    await store.putDocument(id, 'access', { canWrite: true, at: 1 })
    await store.putFiles(
      id,
      [heldFile('remote:song', song)],
      [{ key: song, body: bytes('a song') }],
    )
    await secrets.putPassword(id, account.password)
    await folders.put(id, folder)
  }
  const report = `a film that only ${north} may see. ${long}`
  await store.putFiles(north, [heldFile('remote:film', film)], [{ key: film, body: bytes(report) }])
  const own = [{ key: picture, body: bytes(`a picture of ${north}`) }]
  await store.enqueue(north, addAct('photo', picture), own)
  const part = { from: 0, body: bytes(`${report} so far`), hashes: [], at: Date.now() }
  await store.putPart(`remote:big ${north}`, part)
  return { store, folders, secrets, north, south, ports: { store, folders, secrets } }
}

test('of a forgotten congregation nothing is left on this device, the bytes of its media included', async () => {
  const { ports, north } = await openDevice()
  expect((await searchBrowser([north])).found).not.toEqual([])
  await forgetCongregation(ports, north)
  const { found, places } = await searchBrowser([north, ...spellingsOf(account)])
  expect(found).toEqual([])
  expect(places.join()).toMatch(/blobs.*parts/)
})

test('another congregation keeps its media, its password and its folder', async () => {
  const { ports, store, folders, secrets, north, south } = await openDevice()
  await forgetCongregation(ports, north)
  expect((await store.profiles()).map(({ id }) => id)).toEqual([south])
  expect(await store.heldFiles(south)).toEqual([heldFile('remote:song', song)])
  expect(await store.blobKeys()).toEqual(new Set([song]))
  expect(await (await store.blob(song))?.text()).toBe('a song')
  expect(await store.document(south, 'access')).toEqual({ canWrite: true, at: 1 })
  expect(await secrets.password(south)).toBe(account.password)
  expect((await folders.get(south))?.name).toContain('hall')
})

test('the inbox stays as long as there is a congregation that it could be for', async () => {
  const { ports, store, north, south } = await openDevice()
  await store.putInbox([{ name: 'shared.jpg', at: 1, body: bytes('a shared picture') }])
  await forgetCongregation(ports, north)
  expect((await store.inbox()).map(({ name }) => name)).toEqual(['shared.jpg'])
  await forgetCongregation(ports, south)
  expect(await store.inbox()).toEqual([])
})

test('the page forgets what it only held, too', async () => {
  const { ports, secrets, north } = await openDevice()
  await secrets.holdPassword(north, account.password)
  await forgetCongregation(ports, north)
  expect(secrets.heldPassword(north)).toBeUndefined()
  expect(await secrets.password(north)).toBeUndefined()
})

test('after a search that finds nothing there is nothing: it finds a word wherever it lies', async () => {
  const word = `needle-${crypto.randomUUID()}-ä🐎`
  const words = spellingsOf({ user: 'vo', password: word })
  const store = idbStore(`lectern-${word}`)
  await store.putProfile({ id: 'plain', name: word })
  await store.putFiles('plain', [heldFile('a', song)], [{ key: song, body: bytes(`a ${word} b`) }])
  await store.putFiles('plain', [heldFile('b', film)], [{ key: film, body: bytes(long + word) }])
  localStorage.setItem('header', `Basic ${btoa('vo:x')} ${words.at(-1) ?? ''}`)
  sessionStorage.setItem(encodeURIComponent(word), '')
  const twos = Uint16Array.from({ length: word.length }, (_, at) => word.charCodeAt(at))
  const inTwos = { key: picture, body: new Blob([twos]) }
  await store.putFiles('plain', [heldFile('c', picture)], [inTwos])
  const cache = await caches.open('pages')
  await cache.put('/page', new Response(word))
  const { found } = await searchBrowser(words)
  localStorage.clear()
  sessionStorage.clear()
  await caches.delete('pages')
  expect(found.filter((place) => /blobs/.test(place))).toHaveLength(2)
  for (const place of [/profiles/, /parts.*blob.*bytes/, /local/, /session/, /cache/])
    expect(found).toContainEqual(expect.stringMatching(place))
})
