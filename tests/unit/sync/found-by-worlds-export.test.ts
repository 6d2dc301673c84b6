// What random worlds (tests/worlds) found about the media folder, each told once more as the story that it was.
import { expect, test } from 'vitest'
import { ownItemId } from '../../../src/domain/act.ts'
import { Failed } from '../../../src/domain/failure.ts'
import type { Remote } from '../../../src/sync/ports.ts'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'
import { faultyFolder, firstOf, folder, onDisk, wednesday, type Device } from './faulty-folder.ts'

/** The hall's PC sees what the sync folder holds now, and loses its line before it fetched any of it. */
async function seeAndGoOffline(hall: Device): Promise<void> {
  await hall.look()
  hall.setOnline(false)
}

/** A congregation whose hall holds these files of Wednesday. */
async function hallWith(files: Readonly<Record<string, string>>) {
  const paths = Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])
  const congregation = faultyFolder(Object.fromEntries(paths) as Record<string, string>)
  const hall = await congregation.device('hall')
  await hall.update()
  return { congregation, hall }
}

test('a file that somebody renames stays under its old name until the day is whole', async () => {
  const { congregation, hall } = await hallWith({ 'old.jpg': 'old', 'other.jpg': 'other' })
  congregation.server.tree.move(`${folder}/old.jpg`, `${folder}/new.jpg`)
  await seeAndGoOffline(hall)
  expect(await hall.update()).toMatchObject({ removed: 0, isExact: false })
  expect(await hall.folder.tree()).toEqual(onDisk({ 'old.jpg': 'old', 'other.jpg': 'other' }))
  hall.setOnline(true)
  expect(await hall.update()).toMatchObject({ new: 1, removed: 1, isExact: true })
  expect(await hall.folder.tree()).toEqual(onDisk({ 'new.jpg': 'old', 'other.jpg': 'other' }))
})

test('a day that is whole lets go of what is gone, though another day waits', async () => {
  const { congregation, hall } = await hallWith({ 'old.jpg': 'old', 'other.jpg': 'other' })
  congregation.server.tree.drop(`${folder}/old.jpg`)
  congregation.put('Media/2026-11-29/talk.mp4', 'a talk')
  await seeAndGoOffline(hall)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'other.jpg': 'other' }))
})

test('what the VO hid or removed goes at once, though the day waits for a film', async () => {
  const files = { 'hidden.jpg': 'hidden', 'removed.jpg': 'removed', 'gone.jpg': 'gone' }
  const { congregation, hall } = await hallWith({ ...files, 'other.jpg': 'other' })
  const vo = await congregation.device('tablet')
  const item = ownItemId(wednesday, 'hidden.jpg')
  await vo.act({ do: 'hide', day: wednesday, item, name: 'hidden.jpg' })
  await vo.act({ do: 'remove', place: wednesday, name: 'removed.jpg', size: 7 })
  await vo.update()
  congregation.server.tree.drop(`${folder}/gone.jpg`)
  congregation.put(`${folder}/film.mp4`, 'a film')
  await seeAndGoOffline(hall)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'gone.jpg': 'gone', 'other.jpg': 'other' }))
  hall.setOnline(true)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'film.mp4': 'a film', 'other.jpg': 'other' }))
})

test('a file that the VO renames stays until its bytes are there under the new name', async () => {
  const { congregation, hall } = await hallWith({ 'old.jpg': 'old' })
  const vo = await congregation.device('tablet')
  // Nobody tells the hall whose bytes these are: the tablet never had them.
  await vo.look()
  await vo.act({ do: 'rename', place: wednesday, name: 'old.jpg', size: 3, to: 'new.jpg' })
  await vo.publish()
  await seeAndGoOffline(hall)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'old.jpg': 'old' }))
  hall.setOnline(true)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'new.jpg': 'old' }))
})

test('a file that somebody copied onto itself is still ours after a tab died before it was replaced', async () => {
  const { congregation, hall } = await hallWith({ 'photo.jpg': 'old' })
  congregation.put(`${folder}/photo.jpg`, 'new!')
  // The intent is written, the file not yet.
  hall.folder.crashAt(2)
  await expect(hall.update()).rejects.toThrow()
  hall.folder.revive()
  hall.folder.touch(`${wednesday}/photo.jpg`)
  expect(await hall.folder.tree()).toEqual(onDisk({ 'photo.jpg': 'old' }))
  expect(await hall.update()).toMatchObject({ replaced: 1, failed: [], isExact: true })
  expect(await hall.folder.tree()).toEqual(onDisk({ 'photo.jpg': 'new!' }))
})

test('a file that was removed, brought back and renamed by M³ stays until its bytes are there again', async () => {
  const { congregation, hall } = await hallWith({ 'old.jpg': 'old' })
  const vo = await congregation.device('tablet')
  await vo.update()
  const { name, size, key = 'sha256-none' } = await vo.item(wednesday, 'old.jpg')
  const file = { place: wednesday, name, size, key } as const
  await vo.act({ do: 'remove', ...file })
  const [removal] = await vo.outbox()
  await vo.act({ do: 'restore', ...file, of: removal?.stamped.id ?? '' })
  await vo.update()
  await hall.update()
  congregation.server.tree.move(`${folder}/old.jpg`, `${folder}/new.jpg`)
  await seeAndGoOffline(hall)
  await hall.update()
  expect(await hall.folder.tree()).toEqual(onDisk({ 'old.jpg': 'old' }))
})

test('a picture for every meeting never takes the place of one whose day could not be read', async () => {
  const files = {
    [`${folder}/photo.jpg`]: 'of the day',
    'Media/Recurring/photo.jpg': 'of all days',
  }
  const whole = memoryRemote({ files })
  const broken: Remote = {
    ...whole,
    list: (path, options) =>
      path === folder
        ? Promise.reject(new Failed({ kind: 'bad-answer', path }))
        : whole.list(path, options),
  }
  const today = '2026-11-21'
  const before = await openDevice({ id: 'hall', today, remote: whole })
  await before.update()
  const { folder: disk } = before
  const onWednesday = async () => (await disk.tree())[`${wednesday}/photo.jpg`]
  // Somebody cleared the browser's data: of what stands on disk nothing is known any more.
  const hall = await openDevice({ id: 'anew', today, remote: broken, folder: disk })
  expect(await hall.update()).toMatchObject({ isExact: false, replaced: 0 })
  expect(await onWednesday()).toBe('of the day')
  const later = await openDevice({ id: 'later', today, remote: whole, folder: disk })
  expect(await later.update()).toMatchObject({ isExact: true })
  expect(await onWednesday()).toBe('of the day')
})

test('a file that is taken to another folder while a device lists them stays on its disk', async () => {
  const recurring = 'Media/Recurring/text.jpg'
  const isMoving = firstOf(({ method, path }) => method === 'PROPFIND' && path === folder)
  const moves = { isDue: false }
  const congregation = faultyFolder(
    { [`${folder}/other.jpg`]: 'other', [recurring]: 'the text' },
    {
      after: (seen) => {
        if (moves.isDue && isMoving(seen))
          congregation.server.tree.move(recurring, `${folder}/text.jpg`)
      },
    },
  )
  const hall = await congregation.device('hall')
  await hall.update()
  expect(await hall.folder.tree()).toMatchObject(onDisk({ 'text.jpg': 'the text' }))
  moves.isDue = true
  await hall.update()
  expect(congregation.wednesdays()).toHaveProperty(['text.jpg'])
  expect(await hall.folder.tree()).toMatchObject(onDisk({ 'text.jpg': 'the text' }))
})
