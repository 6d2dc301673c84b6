import { Failed } from '../../domain/failure.ts'
import { foldersOf, hiddenTop, markerBody } from '../../domain/layout.ts'
import {
  openFolder,
  seeFoldersOf,
  type ActOf,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'
import { entryAt } from './working-copy.ts'

/** Puts the marker that hides an item from everybody. */
export async function sendHide(
  ports: SendPorts,
  act: ActOf<'hide'>,
  options: SendOptions,
): Promise<Sent> {
  const { remote, copy } = ports
  const folder = await openFolder(ports, { top: hiddenTop, place: act.day, create: true }, options)
  const path = `${folder}/${act.name}`
  const present = copy.at(path)
  if (!present) await remote.write(path, new Blob([markerBody]), { signal: options.signal })
  // A login page in the way says 200 to everything.
  copy.put(present ?? (await entryAt(remote, path, options.signal)))
  return {}
}

/** Removes every marker that hid an item. */
export async function sendShow(
  ports: SendPorts,
  act: ActOf<'show'>,
  options: SendOptions,
): Promise<Sent> {
  const { remote, copy } = ports
  await seeFoldersOf(ports, hiddenTop, act.day)
  const names = new Set([act.name, ...act.markers])
  for (const folder of foldersOf(copy.listing(), hiddenTop, act.day)) {
    const paths = [...names].map((name) => `${folder}/${name}`).filter((path) => copy.at(path))
    for (const path of paths) {
      await remote.remove(path, { signal: options.signal })
      copy.drop(path)
    }
    if (paths.length > 0) await copy.seeAgain(folder)
    const left = paths.find((path) => copy.at(path))
    if (left !== undefined) throw new Failed({ kind: 'bad-answer', path: left })
  }
  return {}
}
