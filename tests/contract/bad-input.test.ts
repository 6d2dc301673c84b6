import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { safeName } from '../../src/domain/naming.ts'
import { memoryCatalogue } from '../doubles/congregation.ts'
import { ask } from '../fixtures/embedded.ts'
import { saturday, sharedFolder, startServer, tellableServers, wednesday } from './shared-folder.ts'

const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const

const oddNames = [
  '..jpg',
  '...',
  '.hidden.jpg',
  'a%2fb.jpg',
  '%2e%2e%2fevil.jpg',
  '100%.jpg',
  'a\\b.jpg',
  'a?b#c&d;e.jpg',
  'a<b>"c".jpg',
  'exe\u202Egpj.jpg',
  'zero\u200Bwidth.jpg',
  'CON',
  'aux.jpg',
  'family \u{1F468}\u200D\u{1F469}\u200D\u{1F467}.jpg',
  'Twin.jpg',
  'twin.jpg',
  'Café.jpg',
  'Cafe\u0301.jpg',
  'dots....',
  'spaces.jpg   ',
  ' leading.jpg',
  `${'long '.repeat(48)}.jpg`,
  `${'ж'.repeat(120)}.jpg`,
  'shortcut.lnk',
  '__proto__',
  'constructor.jpg',
]

describe.each(tellableServers)('what strangers put into the sync folder on %s', (name) => {
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer(name)
  })
  afterAll(() => server.close())

  async function congregation() {
    const shared = await sharedFolder(server)
    const catalogue = memoryCatalogue([song])
    const lectern = (id: string) => shared.lectern(id, { catalogue })
    const [vo, hall] = [await lectern('tablet'), await lectern('hall')]
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    return { shared, vo, hall }
  }

  test('names of every kind are exported safely, each with its own bytes, and none is lost', async () => {
    const { shared, hall } = await congregation()
    for (const [index, odd] of oddNames.entries()) {
      await shared.put(`Media/${saturday}/${odd}`, `bytes ${index}`)
    }
    const before = await shared.tree()

    const receipt = await hall.update()

    const tree = await hall.folder.tree()
    const paths = Object.keys(tree).filter((path) => path.startsWith(saturday))
    const files = paths.map((path) => path.slice(saturday.length + 1))
    expect(files.filter((file) => safeName(file) !== file)).toEqual([])
    // nginx shows nobody what begins with a dot, and a backslash is no name on the wire.
    const isUnseen = (odd: string) =>
      odd.includes('\\') || (name === 'nginx' && odd.startsWith('.'))
    const told = [...receipt.failed.map(({ name: odd }) => odd), ...receipt.odd]
    const unseen = oddNames.filter(
      (odd, index) =>
        !isUnseen(odd) &&
        !Object.values(tree).includes(`bytes ${index}`) &&
        !told.some((one) => one.endsWith(odd)),
    )
    expect(unseen).toEqual([])
    expect(tree[`${wednesday}/visit.jpg`]).toBe('a picture')
    expect(await shared.tree()).toEqual(before)
  })

  test('such names are hidden, renamed and removed like others', async () => {
    const { shared, vo, hall } = await congregation()
    const odd = ['a%2fb.jpg', '100% #1?.jpg', 'Cafe\u0301.jpg', 'twin.jpg'] as const
    for (const one of [...odd, 'Twin.jpg']) await shared.put(`Media/${wednesday}/${one}`, one)
    await vo.update()
    const about = async (one: string) => {
      const { id, size, key } = await vo.item(wednesday, one)
      return { id, meant: { place: wednesday, name: one, size, ...(key && { key }) } }
    }
    const { id } = await about(odd[0])
    await vo.act({ do: 'hide', day: wednesday, item: id, name: odd[0] })
    await vo.act({ do: 'rename', ...(await about(odd[1])).meant, to: 'number one.jpg' })
    await vo.act({ do: 'remove', ...(await about(odd[2])).meant })
    await vo.act({ do: 'remove', ...(await about(odd[3])).meant })
    const sent = await vo.update()
    await hall.update()
    expect(sent.failed).toEqual([])
    expect(await hall.shown(wednesday)).toEqual([
      song.name,
      'number one.jpg',
      'Twin.jpg',
      'visit.jpg',
    ])
  })

  test('paths that lead out of the folder reach nothing', async () => {
    const { shared, hall } = await congregation()
    const { pathname } = new URL(shared.address)
    for (const way of [
      '../../escaped.jpg',
      '%2e%2e/%2e%2e/escaped.jpg',
      'a%2f..%2f..%2fescaped.jpg',
    ]) {
      await ask(shared.address, {
        method: 'PUT',
        path: `${pathname}Media/${saturday}/${way}`,
        headers: { Authorization: shared.authorization },
        body: 'escaped',
      })
    }
    const receipt = await hall.update()
    expect(receipt.isExact).toBe(true)
    const exported = Object.keys(await hall.folder.tree())
    expect(exported.filter((path) => path.split('/').includes('..'))).toEqual([])
    expect(exported).toContain(`${wednesday}/visit.jpg`)
  })

  test('files where folders belong, and folders where files do, are passed over and told', async () => {
    const { shared, hall } = await congregation()
    await shared.put(`Media/${saturday}`, 'a file named like a day')
    await shared.put(`Media/${wednesday}/folder.jpg/inner.jpg`, 'too deep')
    await shared.put('Media/notes.txt', 'a note')
    await shared.put('Hidden', 'a file named like the folder of markers')
    const receipt = await hall.update()
    expect(receipt.isExact).toBe(true)
    expect(receipt.odd).toEqual(expect.arrayContaining([`Media/${saturday}`, 'Media/notes.txt']))
    expect(await hall.shown(wednesday)).toEqual([song.name, 'visit.jpg'])
  })

  test('acts that meet such a thing wait and say so, and the others go on', async () => {
    const { shared, vo, hall } = await congregation()
    await shared.put(`Media/${saturday}`, 'a file named like a day')
    await shared.put('Hidden', 'a file named like the folder of markers')
    await vo.add(saturday, 'talk.jpg', 'an outline')
    await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
    await vo.add(wednesday, 'map.jpg', 'a map')
    const sent = await vo.update()
    await hall.update()
    expect(sent.failed.map(({ name: act }) => act)).toEqual(
      expect.arrayContaining(['talk.jpg', song.name]),
    )
    expect(await hall.shown(wednesday)).toEqual([song.name, 'map.jpg', 'visit.jpg'])
    expect(await vo.outbox()).toHaveLength(2)
    expect((await shared.tree())[`Media/${saturday}`]).toBe('a file named like a day')
  })

  test('a file in the place of Media is told, and nothing that was there is lost', async () => {
    const { shared, hall } = await congregation()
    await shared.remote.remove('Media')
    await shared.put('Media', 'a file')
    const receipt = await hall.update()
    expect(receipt.isExact).toBe(false)
    expect(await hall.folder.tree()).toMatchObject({ [`${wednesday}/visit.jpg`]: 'a picture' })
    expect((await shared.tree())['Media']).toBe('a file')
  })

  const hostileFiles: Readonly<Record<string, string>> = {
    'a login page': '<!doctype html><title>Log in</title>',
    'an empty file': '',
    'no list of acts': '{"version":1,"device":"evil","name":"x","acts":{},"notes":[]}',
    'a later format': '{"version":99,"device":"evil","name":"x","acts":[],"notes":[]}',
    'brackets without end': '['.repeat(200_000),
    'five megabytes': JSON.stringify({ version: 1, device: 'evil', name: 'x'.repeat(5_000_000) }),
  }

  test.each(Object.entries(hostileFiles))(
    'a device’s file that is %s is told, and its last known word holds',
    async (_, text) => {
      const { shared, hall } = await congregation()
      await shared.put('_sync/devices/evil.json', text)
      const receipt = await hall.update()
      expect(receipt.odd).toEqual(['_sync/devices/evil.json'])
      expect(receipt.isFresh).toBe(true)
      expect(await hall.shown(wednesday)).toEqual([song.name, 'visit.jpg'])
    },
  )

  test('a device’s file with acts from beyond all bounds harms nobody', async () => {
    const { shared, vo, hall } = await congregation()
    const word = { day: wednesday, item: song.id, name: song.name }
    const at = '2026-11-21T12:00:00.000Z'
    const acts = [
      {
        id: 'a',
        device: 'evil',
        lamport: Number.MAX_SAFE_INTEGER,
        at,
        act: { do: 'hide', ...word },
      },
      { id: 'b', device: 'evil', lamport: 2 ** 40, at, act: { do: 'show', ...word, markers: [] } },
      { id: 'c', device: 'evil', lamport: -1, at, act: { do: 'hide', ...word } },
      { id: 'd', device: 'evil', lamport: 1, at, act: { do: 'format', disk: 'C' } },
      { id: '__proto__', device: 'constructor', lamport: 1, at, act: { do: 'hide', ...word } },
      ...Array.from({ length: 5_000 }, (_, index) => ({
        id: `r${index}`,
        device: 'evil',
        lamport: index,
        at,
        act: { do: 'rename', place: 'recurring', name: `${index}`, to: `${(index * 7) % 5_000}` },
      })),
    ]
    const text = JSON.stringify({ version: 1, device: 'tablet', name: 'x', acts, notes: [1, null] })
    await shared.put('_sync/devices/evil.json', text.replace('{', '{"__proto__":{"isEvil":true},'))
    await shared.put('_sync/devices/__proto__.json', text)
    await shared.put('_sync/devices/notes.txt', 'not a device')
    await vo.update()
    await vo.act({ do: 'hide', ...word })
    await vo.update()
    const receipt = await hall.update()
    expect(receipt.isFresh).toBe(true)
    expect(await hall.shown(wednesday)).toEqual(['visit.jpg'])
    expect({}).not.toHaveProperty('isEvil')
  })

  test.each([
    ['a login page', '<html><body>Log in</body></html>', false],
    ['a list', '[1,2,3]', false],
    ['numbers where words belong', '{"app":7,"meeting":{"mwDay":99,"coWeek":"soon"}}', true],
    ['other people’s keys', '{"cong":{"server":"evil.example"},"__proto__":{"weeks":99}}', true],
    ['ten megabytes', JSON.stringify({ app: { outputFolderDateFormat: 'x'.repeat(1e7) } }), false],
  ] as const)('forced settings that are %s force nothing', async (_, text, isReadable) => {
    const { shared, hall } = await congregation()
    const before = await hall.store.document('congregation', 'settings')
    await shared.put('forcedPrefs.json', text)
    const receipt = await hall.update()
    expect(receipt.odd).toEqual(isReadable ? [] : ['forcedPrefs.json'])
    expect(await hall.store.document('congregation', 'settings')).toEqual(before)
    expect((await hall.store.document('congregation', 'forced'))?.forced ?? {}).toEqual({})
    expect(await hall.shown(wednesday)).toEqual([song.name, 'visit.jpg'])
  })

  test('a name that no XML can carry keeps nobody from the rest', async () => {
    const { shared, hall } = await congregation()
    await mkdir(join(shared.dir, 'Media', saturday), { recursive: true })
    await writeFile(join(shared.dir, 'Media', saturday, 'bell\u0007.jpg'), 'a bell')
    await shared.put(`Media/${wednesday}/map.jpg`, 'a map')
    await hall.update()
    expect(await hall.folder.tree()).toMatchObject({
      [`${wednesday}/map.jpg`]: 'a map',
      [`${wednesday}/visit.jpg`]: 'a picture',
    })
  })
})
