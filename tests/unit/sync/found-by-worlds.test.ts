// What random worlds (tests/worlds) found, each told once more as the story that it was.
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../doubles/faulty-server/faults.ts'
import {
  expectAgreed,
  faultyFolder,
  firstOf,
  folder,
  meant,
  onDisk,
  wednesday,
  type Device,
  type FaultyFolder,
  type Seen,
} from './faulty-folder.ts'

describe('a password that is changed while the VO sends', () => {
  /** Everything that was asked once the VO's tablet knew that it is locked out. */
  function askedLockedOut({ asked }: FaultyFolder) {
    const known = asked.findIndex(({ method, status }) => method === 'PROPFIND' && status === 401)
    expect(known).toBeGreaterThan(0)
    return asked.slice(known + 1)
  }

  test('is not hidden by a disk that is too full for notes: nothing more is asked', async () => {
    const isUpload = firstOf(({ method }) => method === 'PUT')
    const congregation = faultyFolder(
      {},
      {
        before: (seen) => {
          if (!isUpload(seen)) return undefined
          congregation.server.changePassword('another')
          vo.store.failNextWithQuota()
          return undefined
        },
      },
    )
    const vo = await congregation.device('tablet')
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    const receipt = await vo.update()
    expect(askedLockedOut(congregation)).toEqual([])
    expect(receipt).toMatchObject({ failure: { kind: 'unauthorized' }, isFresh: false })
    expect(await vo.outbox()).toHaveLength(1)
  })

  test('is heard when the sweep hears of it: nothing more is asked', async () => {
    const own = '_sync/devices/tablet.json'
    const isLastLook = firstOf(({ method, path }) => method === 'PROPFIND' && path === own)
    const congregation = faultyFolder(
      {},
      {
        after: (seen) => {
          if (isLastLook(seen)) congregation.server.changePassword('another')
        },
      },
    )
    const vo = await congregation.device('tablet')
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    const receipt = await vo.update()
    expect(askedLockedOut(congregation)).toEqual([])
    expect(receipt).toMatchObject({ failure: { kind: 'unauthorized' }, isFresh: false })
    expect(await vo.outbox()).toEqual([])
  })
})

describe('a 401 that a look within a change meets is a wrong password, not a reader’s account', () => {
  /** An update during which the server first does the one thing, then refuses the next question about the same path. */
  async function refusedAfter(first: Fault, isIt: (seen: Seen) => boolean) {
    const times = { met: 0 }
    const congregation = faultyFolder(
      { [`${folder}/other.jpg`]: 'other' },
      {
        before: (seen) => {
          if (!isIt(seen) && times.met === 0) return undefined
          times.met += 1
          if (times.met === 1) return first
          return seen.method === 'PROPFIND' ? { do: 'refuse', status: 401 } : undefined
        },
      },
    )
    const vo = await congregation.device('tablet')
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    const receipt = await vo.update()
    expect(receipt).toMatchObject({ failure: { kind: 'unauthorized' }, isFresh: false })
    const known = congregation.asked.findIndex(({ status }) => status === 401)
    expect(congregation.asked.slice(known + 1)).toEqual([])
    expect(await vo.outbox()).toHaveLength(1)
  }

  test('after a folder was made whose answer was lost', () =>
    refusedAfter(
      { do: 'lose answer' },
      ({ method, path }) => method === 'MKCOL' && path === '_sync',
    ))

  test('after a redirect', () =>
    refusedAfter(
      { do: 'redirect' },
      ({ method, path }) => method === 'PROPFIND' && path === '_sync/tmp/tablet-1',
    ))
})

describe('a removal that was broken off, of a file that somebody added anew since', () => {
  test.each([true, false])('is over, and the new one stays: CORS on errors %s', async (isTold) => {
    const line = { isCut: false }
    const congregation = faultyFolder(
      { [`${folder}/photo.jpg`]: 'a picture' },
      {
        traits: { hasCorsOnErrors: isTold },
        before: () => (line.isCut ? { do: 'reset' } : undefined),
        after: ({ to }) => {
          line.isCut ||= to?.startsWith('_sync/trash/') === true
        },
      },
    )
    const [vo, phone] = [await congregation.device('tablet'), await congregation.device('phone')]
    await vo.update()
    await vo.act({ do: 'remove', ...(await meant(vo, 'photo.jpg')) })
    await vo.update()
    expect(congregation.wednesdays()).toEqual({})
    line.isCut = false
    await phone.add(wednesday, 'photo.jpg', 'a picture')
    await phone.update()
    await vo.update()
    expect(await vo.outbox()).toEqual([])
    expect(congregation.wednesdays()).toEqual({ 'photo.jpg': 'a picture' })
    await expectAgreed(congregation, [vo, phone])
  })
})

describe('a password that is changed while a device looks', () => {
  test('is heard when one request for all there is hears of it: nothing more is asked', async () => {
    const congregation = faultyFolder(
      { [`${folder}/photo.jpg`]: 'a picture' },
      {
        traits: { deep: 'true' },
        before: ({ depth }) => (depth === 'infinity' ? { do: 'refuse', status: 401 } : undefined),
      },
    )
    const hall = await congregation.device('hall')
    const receipt = await hall.update()
    expect(congregation.asked.at(-1)).toMatchObject({ method: 'PROPFIND', status: 401 })
    expect(receipt).toMatchObject({ failure: { kind: 'unauthorized' }, isFresh: false })
  })
})

describe('a rename', () => {
  test('to a taken name whose next free one the file already bears is over at once', async () => {
    const files = { [`${folder}/photo.jpg`]: 'one', [`${folder}/photo (2).jpg`]: 'two' }
    const congregation = faultyFolder(files, {
      // RFC 4918 §9.9.4: source and destination are the same resource.
      before: ({ path, to }) => (path === to ? { do: 'refuse', status: 403 } : undefined),
    })
    const vo = await congregation.device('tablet')
    await vo.update()
    await vo.act({ do: 'rename', ...(await meant(vo, 'photo (2).jpg')), to: 'photo.jpg' })
    const failure = { kind: 'conflict', path: 'photo.jpg' }
    expect(await vo.update()).toMatchObject({ failed: [{ name: 'photo (2).jpg', failure }] })
    expect(await vo.outbox()).toEqual([])
    expect(congregation.wednesdays()).toEqual({ 'photo.jpg': 'one', 'photo (2).jpg': 'two' })
    const moves = congregation.asked.filter(({ method }) => method === 'MOVE')
    expect(moves.every(({ path }) => !path.includes('/Media/'))).toBe(true)
  })

  describe.each([
    ['a server without case', true],
    ['a server without case whose refusals no browser may read', false],
  ])('on %s', (_, hasCorsOnErrors) => {
    const traits = { names: 'one case', hasCorsOnErrors } as const

    async function renamed(
      files: Readonly<Record<string, string>>,
      deed: (vo: Device) => Promise<void>,
    ) {
      const congregation = faultyFolder(files, { traits })
      const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
      await vo.update()
      await deed(vo)
      const failure = { kind: 'conflict', path: 'Photo.jpg' }
      expect(await vo.update()).toMatchObject({ failed: [{ failure }] })
      expect(await vo.outbox()).toEqual([])
      await expectAgreed(congregation, [vo, hall])
      return congregation.wednesdays()
    }

    test('of photo.jpg to Photo.jpg ends', async () => {
      const files = { [`${folder}/photo.jpg`]: 'one' }
      const standing = await renamed(files, async (vo) =>
        vo.act({ do: 'rename', ...(await meant(vo, 'photo.jpg')), to: 'Photo.jpg' }),
      )
      expect(standing).toEqual({ 'photo.jpg': 'one' })
    })

    test('of photo (2).jpg to the Photo.jpg that another one bears ends', async () => {
      const files = { [`${folder}/photo.jpg`]: 'one', [`${folder}/photo (2).jpg`]: 'two' }
      const standing = await renamed(files, async (vo) =>
        vo.act({ do: 'rename', ...(await meant(vo, 'photo (2).jpg')), to: 'Photo.jpg' }),
      )
      expect(standing).toEqual({ 'photo.jpg': 'one', 'photo (2).jpg': 'two' })
    })

    test('of a photo.jpg that was to come, and came second, ends', async () => {
      const files = { [`${folder}/photo.jpg`]: 'one' }
      const standing = await renamed(files, async (vo) => {
        await vo.add(wednesday, 'photo.jpg', 'second')
        const add = (await vo.outbox())[0]?.stamped.act
        if (add?.do !== 'add') throw new Error('the outbox holds something else')
        const { place, name, size, key } = add
        await vo.act({ do: 'rename', place, name, size, key, to: 'Photo.jpg' })
      })
      expect(standing).toEqual({ 'photo.jpg': 'one', 'photo (2).jpg': 'second' })
    })
  })
})

describe('an undo of a removal whose file somebody tidied out of the trash', () => {
  const gone = { place: wednesday, name: 'old.jpg', size: 3, of: 'removal' } as const

  test.each([
    ['nobody knows its bytes', undefined],
    ['its bytes are known but not here', `sha256-${'a'.repeat(64)}`],
  ] as const)('is told and does not wait for ever: %s', async (_, key) => {
    const congregation = faultyFolder({ [`${folder}/other.jpg`]: 'other' })
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.update()
    await vo.act({ do: 'restore', ...gone, ...(key && { key }) })
    const failure = { kind: 'not-stored', name: 'old.jpg' }
    expect(await vo.update()).toMatchObject({ failed: [{ name: 'old.jpg', failure }] })
    expect(await vo.outbox()).toEqual([])
    expect(congregation.wednesdays()).toEqual({ 'other.jpg': 'other' })
    await expectAgreed(congregation, [vo, hall])
  })

  test('is no trouble where the file stands in its place', async () => {
    const congregation = faultyFolder({ [`${folder}/old.jpg`]: 'old' })
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.act({ do: 'restore', ...gone })
    expect(await vo.update()).toMatchObject({ failed: [], isExact: true })
    expect(await vo.outbox()).toEqual([])
    await expectAgreed(congregation, [vo, hall])
  })
})

describe('a login page that answers in the place of the server', () => {
  test('does not pass for an upload put into place beside another VO’s file of that name', async () => {
    const isPlacing = firstOf(
      ({ method, to }) => method === 'MOVE' && to?.startsWith(folder) === true,
    )
    const congregation = faultyFolder(
      { [`${folder}/other.jpg`]: 'another picture' },
      {
        before: (seen) => {
          if (!isPlacing(seen)) return undefined
          congregation.put(`${folder}/photo.jpg`, 'the other VO’s')
          return { do: 'login page' }
        },
      },
    )
    const vo = await congregation.device('tablet')
    await vo.add(wednesday, 'photo.jpg', 'ours')
    await vo.update()
    expect(congregation.wednesdays()).toEqual({
      'other.jpg': 'another picture',
      'photo.jpg': 'the other VO’s',
      'photo (2).jpg': 'ours',
    })
    expect(await vo.outbox()).toEqual([])
  })
})

describe('a folder of the devices that somebody deleted, where errors tell nothing of themselves', () => {
  test('is not waited for by those who knew it, while another device makes it anew', async () => {
    const congregation = faultyFolder({}, { traits: { hasCorsOnErrors: false } })
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    await vo.update()
    await hall.update()
    congregation.server.tree.drop('_sync')
    congregation.server.tree.makeFolder('_sync')
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
  })
})

describe('an upload that an earlier try had put into place already', () => {
  test('stays on the disk of the VO when the tab is closed before the next look', async () => {
    const lines = { isCut: false, endsWith: 'photo.jpg' }
    const congregation = faultyFolder(
      {},
      {
        before: () => (lines.isCut ? { do: 'reset' } : undefined),
        after: ({ method, path, to }) => {
          lines.isCut ||= method === 'MOVE' && `${path} ${to ?? ''}`.endsWith(lines.endsWith)
        },
      },
    )
    const vo = await congregation.device('tablet')
    await vo.update()
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    for (const endsWith of ['photo.jpg', 'tablet.json', 'nowhere']) {
      Object.assign(lines, { isCut: false, endsWith })
      await vo.update()
      expect(await vo.folder.tree()).toEqual(onDisk({ 'photo.jpg': 'a picture' }))
    }
    expect(await vo.outbox()).toEqual([])
  })
})

describe('a server that stops short of 750 entries without a word', () => {
  const isOfDay = ({ method, path }: Seen) => method === 'PROPFIND' && path === folder

  async function crowdedDay() {
    const albums = Array.from({ length: 755 }, (_, index) => `${folder}/album ${index}`)
    const until = { isShort: false }
    const congregation = faultyFolder(
      {},
      {
        traits: { hasCorsOnErrors: false },
        before: (seen) =>
          until.isShort && isOfDay(seen)
            ? { do: 'short listing', entries: 750, isCut: false }
            : undefined,
      },
    )
    for (const path of ['Media', folder, ...albums]) congregation.server.tree.makeFolder(path)
    const vo = await congregation.device('tablet')
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    await vo.update()
    return { congregation, vo, until }
  }

  test('does not keep a file that it does not list from being deleted', async () => {
    const { congregation, vo, until } = await crowdedDay()
    await vo.act({ do: 'remove', ...(await meant(vo, 'photo.jpg')) })
    until.isShort = true
    await vo.update()
    expect(congregation.server.tree.at(`${folder}/photo.jpg`)).toBeUndefined()
    expect(await vo.outbox()).toEqual([])
  })

  test('nor does a file that is not there keep the device from going on, where errors tell nothing', async () => {
    const { congregation, vo, until } = await crowdedDay()
    await vo.act({ do: 'remove', ...(await meant(vo, 'photo.jpg')) })
    congregation.server.tree.drop(`${folder}/photo.jpg`)
    until.isShort = true
    await vo.update()
    expect(await vo.outbox()).toEqual([])
  })
})
