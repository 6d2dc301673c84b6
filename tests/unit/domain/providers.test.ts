import { describe, expect, test } from 'vitest'
import { readAddress } from '../../../src/domain/address.ts'
import { offersOf, providersFor, relayOf, type OwnServer } from '../../../src/domain/providers.ts'

const ownServer: OwnServer = {
  origin: 'https://lectern.example',
  dav: '/dav/',
  upstreams: [
    { name: 'koofr', folder: '/upstream/koofr/' },
    { name: 'cloud', folder: '/upstream/cloud/' },
  ],
}
const staticHost: OwnServer = { origin: 'https://static.example' }

const offer = (own: OwnServer, key: string) => offersOf(own).find((one) => one.key === key)

describe('the providers', () => {
  test('prefill addresses that can be used as they are', () => {
    const read = Object.fromEntries(
      providersFor(staticHost)
        .filter(({ prefills }) => prefills.webAddress !== '')
        .map(({ key, prefills }) => [key, readAddress(prefills)]),
    )
    expect(read).toEqual({
      box: { origin: 'https://webdav.box.com', folder: '/dav/' },
      koofr: { origin: 'https://app.koofr.net', folder: '/dav/Koofr/' },
      '4shared': { origin: 'https://webdav.4shared.com', folder: '/' },
      powerfolder: { origin: 'https://my.powerfolder.com', folder: '/webdav/' },
      'this-computer': { origin: 'http://localhost:8095', folder: '/dav/' },
    })
  })

  test('of those that want an app password name the page that says how', () => {
    const helpful = providersFor(staticHost).filter(({ appPasswords }) => appPasswords)
    expect(helpful.map(({ key }) => key)).toEqual(['box', 'koofr'])
    expect(helpful.every(({ appPasswords }) => appPasswords?.startsWith('https://'))).toBe(true)
  })

  test('end with the server the app came from, if it has a sync folder', () => {
    const last = providersFor(ownServer).at(-1)
    expect(last).toMatchObject({ key: 'own-server', inBrowser: 'works' })
    expect(last?.prefills).toEqual({
      webAddress: 'https://lectern.example',
      port: '',
      folder: '/dav/',
    })
  })

  test('call it this computer where it is', () => {
    const here = providersFor({ origin: 'http://127.0.0.1:9000', dav: '/dav/' }).at(-1)
    expect(here?.key).toBe('this-computer')
    expect(here?.prefills).toEqual({
      webAddress: 'http://127.0.0.1',
      port: '9000',
      folder: '/dav/',
    })
  })
})

describe('a relay', () => {
  const relay = { origin: 'https://lectern.example', folder: '/upstream/koofr/' }

  test('stands for the provider of its name', () => {
    const koofr = providersFor(ownServer).find(({ key }) => key === 'koofr')
    expect(koofr && relayOf(koofr, ownServer)).toEqual(relay)
    expect(koofr && relayOf(koofr, staticHost)).toBeUndefined()
  })

  test('stands for an address of that provider, and for no other', () => {
    expect(
      relayOf({ origin: 'https://app.koofr.net', folder: '/dav/Koofr/Hall/' }, ownServer),
    ).toEqual(relay)
    expect(relayOf({ origin: 'https://koofr.example', folder: '/' }, ownServer)).toBeUndefined()
    expect(
      relayOf({ origin: 'https://webdav.box.com', folder: '/dav/' }, ownServer),
    ).toBeUndefined()
  })

  test('is what choosing the provider fills in', () => {
    expect(offer(ownServer, 'koofr')).toMatchObject({
      inBrowser: 'relayed',
      prefills: { webAddress: 'https://lectern.example', port: '', folder: '/upstream/koofr/' },
    })
    expect(offer(staticHost, 'koofr')).toMatchObject({
      inBrowser: 'needs-relay',
      prefills: { webAddress: 'https://app.koofr.net', port: '443' },
    })
  })

  test('of another name is offered by that name', () => {
    expect(offer(ownServer, 'relay')).toMatchObject({
      name: 'cloud',
      inBrowser: 'relayed',
      prefills: { folder: '/upstream/cloud/' },
    })
    expect(offer(staticHost, 'relay')).toBeUndefined()
  })
})
