// M³ beside Lectern, as far as a sync folder can tell: it writes in place, by name, without looking twice.
import type { Day, Place } from '../../src/domain/day.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import type { M3Deed } from './world.ts'

/** What M³ needs to know of its congregation. */
export type M3Scene = {
  readonly server: FaultyServer
  readonly places: readonly Place[]
  readonly names: readonly string[]
  readonly today: () => Day
  /** The names of JW.org's items on that day, as M³ spells them. */
  readonly namesOn: (day: Day) => readonly string[]
  readonly contentOf: (index: number) => string
  readonly onGone: (path: string) => void
  /** Begins an upload in place that ends a few requests later. */
  readonly onSlow: (path: string, text: string) => void
}

/** Does it, and says in a sentence what was done; undefined where there was nothing to do. */
export function doAsM3(
  scene: M3Scene,
  { what, place: placeIndex, name: nameIndex, content }: M3Deed,
): string | undefined {
  const { server, places, names, onGone } = scene
  const place = places[placeIndex % places.length] ?? 'recurring'
  const folder = `Media/${place === 'recurring' ? 'Recurring' : place}`
  const files = filesIn(server, folder)
  const file = files[nameIndex % Math.max(1, files.length)]
  switch (what) {
    case 'upload': {
      const path = `${folder}/${names[nameIndex % names.length] ?? 'photo.jpg'}`
      makeFolders(server, folder)
      onGone(path)
      server.tree.write(path, bytesOf(scene.contentOf(content)))
      return `M³ uploads ${path}: ${scene.contentOf(content)}`
    }
    case 'upload slowly': {
      const path = `${folder}/${names[nameIndex % names.length] ?? 'photo.jpg'}`
      makeFolders(server, folder)
      onGone(path)
      scene.onSlow(path, scene.contentOf(content))
      return `M³ begins to upload ${path}: ${scene.contentOf(content)}`
    }
    case 'replace':
      if (file === undefined) return undefined
      onGone(file)
      server.tree.write(file, bytesOf(scene.contentOf(content)))
      return `M³ replaces ${file}: ${scene.contentOf(content)}`
    case 'delete':
      if (file === undefined) return undefined
      onGone(file)
      server.tree.drop(file)
      return `M³ deletes ${file}`
    case 'rename':
      if (file === undefined || server.tree.at(`${file} renamed`) !== undefined) return undefined
      server.tree.move(file, `${folder}/M3 ${file.slice(folder.length + 1)}`)
      return `M³ renames ${file}`
    case 'hide':
      return place === 'recurring' ? undefined : hide(scene, place, nameIndex)
    case 'show':
      return place === 'recurring' ? undefined : show(scene, place, nameIndex)
    case 'purge':
      return purge(scene)
    case 'settings':
      server.tree.write(
        'forcedPrefs.json',
        bytesOf(JSON.stringify({ meeting: { mwDay: content % 7 } })),
      )
      return `M³ forces the midweek meeting on day ${content % 7}`
  }
}

function hide({ server, namesOn }: M3Scene, day: Day, index: number): string | undefined {
  const onDay = [
    ...namesOn(day),
    ...filesIn(server, `Media/${day}`).map((path) => path.slice(path.lastIndexOf('/') + 1)),
  ]
  const name = onDay[index % Math.max(1, onDay.length)]
  if (name === undefined) return undefined
  makeFolders(server, `Hidden/${day}`)
  server.tree.write(`Hidden/${day}/${name}`, new Uint8Array())
  return `M³ hides ${name} on ${day}`
}

function show({ server }: M3Scene, day: Day, index: number): string | undefined {
  const markers = filesIn(server, `Hidden/${day}`)
  const marker = markers[index % Math.max(1, markers.length)]
  if (marker === undefined) return undefined
  server.tree.drop(marker)
  return `M³ shows ${marker} again`
}

// Every directory, at any depth, that bears a date which is over (facts of M³'s cleaning).
function purge({ server, today, onGone }: M3Scene): string {
  for (const [path, node] of server.tree.all()) {
    const day = /\d{4}-\d{2}-\d{2}/.exec(path.slice(path.lastIndexOf('/') + 1))?.[0]
    if (node !== 'folder' || day === undefined || day >= today()) continue
    for (const file of filesIn(server, path)) onGone(file)
    server.tree.drop(path)
  }
  return 'M³ clears what is over'
}

function filesIn(server: FaultyServer, folder: string): string[] {
  return server.tree
    .all()
    .filter(([path, node]) => node !== 'folder' && path.startsWith(`${folder}/`))
    .map(([path]) => path)
}

export function makeFolders(server: FaultyServer, folder: string): void {
  for (const path of [folder.slice(0, folder.indexOf('/')), folder])
    if (server.tree.at(path) === undefined) server.tree.makeFolder(path)
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
