import { foldersOf, hiddenTop, markerBody } from '../domain/layout.ts'
import {
  openFolder,
  seeFoldersOf,
  type ActOf,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'

/** Puts the marker that hides an item from everybody. */
export async function sendHide(
  ports: SendPorts,
  act: ActOf<'hide'>,
  options: SendOptions,
): Promise<Sent> {
  const { remote, copy } = ports
  const folder = await openFolder(ports, { top: hiddenTop, place: act.day, create: true }, options)
  const path = `${folder}/${act.name}`
  if (copy.at(path)) return {}
  await remote.write(path, new Blob([markerBody]), { signal: options.signal })
  copy.put({ path, kind: 'file', size: markerBody.length })
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
    for (const name of names) {
      const path = `${folder}/${name}`
      if (!copy.at(path)) continue
      await remote.remove(path, { signal: options.signal })
      copy.drop(path)
    }
  }
  return {}
}
