// What random worlds (tests/worlds) found where M³ writes at the worst moment, each told once more as the story it was.
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../doubles/faulty-server/faults.ts'
import {
  expectAgreed,
  faultyFolder,
  firstOf,
  folder,
  meant,
  wednesday,
  type Device,
  type Seen,
} from './faulty-folder.ts'

const trash = '_sync/trash/'
const isMoveTo = (start: string) =>
  firstOf(({ method, to }) => method === 'MOVE' && to?.startsWith(start) === true)

describe.each([
  ['the same size', 'M3 here'],
  ['another size', 'M3 was here'],
])('M³ writes a file of %s over another', (_, theirs) => {
  test('the moment it was sent: nobody takes that for what was sent', async () => {
    const isInPlace = isMoveTo(folder)
    const congregation = faultyFolder(
      {},
      {
        after: (seen) => {
          if (isInPlace(seen)) congregation.put(`${folder}/photo.jpg`, theirs)
        },
      },
    )
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.add(wednesday, 'photo.jpg', 'VO here')
    await vo.update()
    expect(congregation.wednesdays()).toEqual({ 'photo.jpg': theirs })
    await expectAgreed(congregation, [vo, hall])
  })

  test('the moment it got its new name: nobody takes that for what was renamed', async () => {
    const isInPlace = isMoveTo(folder)
    const congregation = faultyFolder(
      { [`${folder}/old.jpg`]: 'VO here' },
      {
        after: (seen) => {
          if (isInPlace(seen)) congregation.put(`${folder}/new.jpg`, theirs)
        },
      },
    )
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.update()
    await vo.act({ do: 'rename', ...(await meant(vo, 'old.jpg')), to: 'new.jpg' })
    await vo.update()
    expect(congregation.wednesdays()).toEqual({ 'new.jpg': theirs })
    await expectAgreed(congregation, [vo, hall])
  })

  /** The VO removes what M³ writes over at that very moment; what happens on the way back is up to `onWayBack`. */
  async function removal(onWayBack: (seen: Seen, vo: Device) => Fault | undefined) {
    const isGoing = isMoveTo(trash)
    const congregation = faultyFolder(
      { [`${folder}/old.jpg`]: 'VO here' },
      {
        before: (seen) => {
          if (isGoing(seen)) congregation.put(`${folder}/old.jpg`, theirs)
          return onWayBack(seen, vo)
        },
      },
    )
    const [vo, hall] = [await congregation.device('tablet'), await congregation.device('hall')]
    await vo.update()
    await vo.act({ do: 'remove', ...(await meant(vo, 'old.jpg')) })
    return { congregation, vo, hall }
  }

  const overruled = { name: 'old.jpg', failure: { kind: 'changed', path: 'old.jpg' } }

  test('the moment it is removed: that comes back, and the removal is overruled', async () => {
    const { congregation, vo, hall } = await removal(() => undefined)
    expect(await vo.update()).toMatchObject({ failed: [overruled] })
    expect(await vo.outbox()).toEqual([])
    expect(congregation.wednesdays()).toEqual({ 'old.jpg': theirs })
    await expectAgreed(congregation, [vo, hall])
  })

  const isBack = ({ method, path }: Seen) => method === 'MOVE' && path.startsWith(trash)
  const isLookIntoTrash = ({ method, path }: Seen) =>
    method === 'PROPFIND' && path.startsWith(trash)

  test.each([
    ['what went is looked at', isLookIntoTrash, { do: 'reset' }],
    ['it is on its way back', isBack, { do: 'reset' }],
    ['it is back', isBack, { do: 'lose answer' }],
  ] as const)(
    'the moment it is removed, and the line is lost when %s: that comes back',
    async (_when, isThen, fault) => {
      const isIt = firstOf(isThen)
      const { congregation, vo, hall } = await removal((seen) => (isIt(seen) ? fault : undefined))
      await vo.update()
      await vo.update()
      expect(await vo.outbox()).toEqual([])
      expect(congregation.wednesdays()).toEqual({ 'old.jpg': theirs })
      await expectAgreed(congregation, [vo, hall])
    },
  )

  test.each([
    ['what went is looked at', isLookIntoTrash],
    ['it is on its way back', isBack],
  ])('the moment it is removed, and the app ends when %s: that comes back', async (_, isThen) => {
    const isIt = firstOf(isThen)
    const { congregation, vo, hall } = await removal((seen) => {
      if (isIt(seen)) throw new Error('the tab is gone')
      return undefined
    })
    await expect(vo.update()).rejects.toThrow('the tab is gone')
    expect(congregation.wednesdays()).toEqual({})
    expect(await vo.update()).toMatchObject({ failed: [overruled] })
    expect(await vo.outbox()).toEqual([])
    expect(congregation.wednesdays()).toEqual({ 'old.jpg': theirs })
    await expectAgreed(congregation, [vo, hall])
  })
})

test('a removal leaves alone what M³ wrote in the very second in which its file was fetched', async () => {
  const path = `${folder}/photo.jpg`
  const isFirstLook = firstOf(({ path: asked }) => asked === folder)
  const isFetched = firstOf(({ method, path: asked }) => method === 'GET' && asked === path)
  const congregation = faultyFolder(
    { [`${folder}/other.jpg`]: 'other' },
    {
      // A quarter of a second on, so that both writings fall into one second.
      traits: { etags: 'none', clockAheadMs: 250 },
      before: (seen) => {
        if (isFirstLook(seen)) write('the first one.')
        return undefined
      },
      after: (seen) => {
        if (isFetched(seen)) write('the second one')
      },
    },
  )
  function write(text: string): void {
    congregation.server.tree.write(path, new TextEncoder().encode(text))
  }
  const vo = await congregation.device('tablet')
  await vo.update()
  await vo.act({ do: 'remove', ...(await meant(vo, 'photo.jpg')) })
  await vo.update()
  expect(congregation.wednesdays()).toEqual({ 'other.jpg': 'other', 'photo.jpg': 'the second one' })
  expect(await vo.outbox()).toEqual([])
})
