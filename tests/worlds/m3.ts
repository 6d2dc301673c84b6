// M³ beside Lectern, as far as a sync folder can tell: it writes in place, by name, without looking twice.
import type { Day, Place } from '../../src/domain/day.ts'
import { nameOf, parentOf } from '../../src/domain/layout.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import { halfOf, nameAt, placeAt } from './scenery.ts'
import type { M3Deed } from './world.ts'

/** What M³ needs to know of its congregation. */
type M3Scene = {
  readonly server: FaultyServer
  readonly today: () => Day
  /** The names of JW.org's items on that day, as M³ spells them. */
  readonly namesOn: (day: Day) => readonly string[]
  readonly contentOf: (index: number) => string
  /** Hears that what is at a path is about to go. */
  readonly onGone: (path: string) => void
  readonly onWritten: () => void
}

type Upload = { readonly path: string; readonly text: string; readonly until: number }

/** So many requests of others come between the first and the last byte of a slow upload. */
const slowRequests = 4

/** M³ on somebody's PC. */
export function newM3(scene: M3Scene) {
  const { server } = scene
  const uploads: Upload[] = []

  function finish({ path, text }: Upload): void {
    makeFolders(server, parentOf(path))
    scene.onGone(path)
    server.tree.write(path, bytesOf(text))
    scene.onWritten()
  }

  return {
    /** Does it, and says in a sentence what was done; undefined where there was nothing to do. */
    act({ what, place: placeIndex, name, content }: M3Deed): string | undefined {
      const place = placeAt(placeIndex)
      const text = scene.contentOf(content)
      switch (what) {
        case 'upload':
          upload(scene, pathAt(place, name), text)
          return `M³ uploads ${pathAt(place, name)}: ${text}`
        case 'upload slowly':
          upload(scene, pathAt(place, name), halfOf(text))
          uploads.push({ path: pathAt(place, name), text, until: server.requests() + slowRequests })
          return `M³ begins to upload ${pathAt(place, name)}: ${text}`
        case 'hide':
          return place === 'recurring' ? undefined : hide(scene, place, name)
        case 'show':
          return place === 'recurring' ? undefined : show(scene, place, name)
        case 'upload a twin':
          return place === 'recurring' ? undefined : uploadTwin(scene, place, name)
        case 'purge':
          return purge(scene)
        case 'settings':
          return force(scene, content)
        default:
          return change(scene, { what, folder: folderOf(place), index: name, text })
      }
    },
    /** Writes over the first of these files of `Media` that is there; says so. */
    replace(paths: readonly string[], content: number): string | undefined {
      const isFile = (path: string) => typeof server.tree.at(path) === 'object'
      const file = paths.find((path) => path.startsWith('Media/') && isFile(path))
      if (file === undefined) return undefined
      const text = scene.contentOf(content)
      scene.onGone(file)
      server.tree.write(file, bytesOf(text))
      return `M³ replaces ${file} at once: ${text}`
    },
    /** Slow uploads that have come to their end by the n-th request of all. */
    goOn(request: number): void {
      for (const slow of uploads.splice(0)) {
        if (slow.until > request) uploads.push(slow)
        else finish(slow)
      }
    },
  }
}

export type M3 = ReturnType<typeof newM3>

function folderOf(place: Place): string {
  return `Media/${place === 'recurring' ? 'Recurring' : place}`
}

function pathAt(place: Place, name: number): string {
  return `${folderOf(place)}/${nameAt(name)}`
}

function upload({ server, onGone }: M3Scene, path: string, text: string): void {
  makeFolders(server, parentOf(path))
  onGone(path)
  server.tree.write(path, bytesOf(text))
}

type Change = {
  readonly what: 'replace' | 'delete' | 'rename'
  readonly folder: string
  readonly index: number
  readonly text: string
}

function change({ server, onGone }: M3Scene, { what, folder, index, text }: Change) {
  const files = filesIn(server, folder)
  const file = files[index % Math.max(1, files.length)]
  if (file === undefined) return undefined
  if (what === 'rename') {
    onGone(`${folder}/M3 ${nameOf(file)}`)
    server.tree.move(file, `${folder}/M3 ${nameOf(file)}`)
    return `M³ renames ${file}`
  }
  onGone(file)
  if (what === 'delete') {
    server.tree.drop(file)
    return `M³ deletes ${file}`
  }
  server.tree.write(file, bytesOf(text))
  return `M³ replaces ${file}: ${text}`
}

function uploadTwin({ server, onGone }: M3Scene, day: Day, index: number): string | undefined {
  const files = filesIn(server, folderOf(day))
  const file = files[index % Math.max(1, files.length)]
  const node = file === undefined ? undefined : server.tree.at(file)
  if (file === undefined || node === undefined || node === 'folder') return undefined
  const path = `Media/${day.split('-').reverse().join('-')}/${nameOf(file)}`
  makeFolders(server, parentOf(path))
  onGone(path)
  server.tree.write(path, node.bytes)
  return `M³ uploads a twin ${path}`
}

function force({ server }: M3Scene, content: number): string {
  const forced = { meeting: { mwDay: content % 7 } }
  server.tree.write('forcedPrefs.json', bytesOf(JSON.stringify(forced)))
  return `M³ forces the midweek meeting on day ${content % 7}`
}

function hide({ server, namesOn }: M3Scene, day: Day, index: number): string | undefined {
  const onDay = [...namesOn(day), ...filesIn(server, `Media/${day}`).map((path) => nameOf(path))]
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
    const day = /\d{4}-\d{2}-\d{2}/.exec(nameOf(path))?.[0]
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

function makeFolders(server: FaultyServer, folder: string): void {
  for (const path of [folder.slice(0, folder.indexOf('/')), folder])
    if (server.tree.at(path) === undefined) server.tree.makeFolder(path)
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
