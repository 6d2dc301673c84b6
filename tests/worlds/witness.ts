import { hiddenTop, mediaTop, parentOf, placeOf, trashFolder } from '../../src/domain/layout.ts'
import type { Place } from '../../src/domain/day.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import type { Leaf } from '../doubles/faulty-server/tree.ts'

/** A file's bytes, and the day or `recurring` they stand at. */
export type Presence = { readonly place: Place; readonly text: string }

const idOf = ({ place, text }: Presence) => JSON.stringify([place, text])

/** Somebody who reads the whole of `Media` after every request, and remembers all that was ever there. */
export function newWitness(server: FaultyServer, whole: ReadonlySet<string>) {
  const ever = new Map<string, Presence>()
  const excused = new Set<string>()
  const torn: string[] = []
  let last = new Map<string, Leaf>()
  let seenChanges = -1
  let markers = ''
  let markerChanges = 0

  function look(): void {
    if (server.tree.changes() === seenChanges) return
    seenChanges = server.tree.changes()
    lookAtMedia()
    lookAtMarkers()
  }

  function lookAtMedia(): void {
    const now = new Map<string, Leaf>()
    for (const [path, node] of server.tree.all()) {
      if (node === 'folder' || !path.startsWith(`${mediaTop}/`)) continue
      now.set(path, node)
      if (last.get(path) !== node) see(path, node)
    }
    last = now
  }

  function lookAtMarkers(): void {
    const paths = server.tree.all().map(([path]) => path)
    const now = JSON.stringify(paths.filter((path) => path.startsWith(`${hiddenTop}/`)))
    if (now !== markers) markerChanges += 1
    markers = now
  }

  function see(path: string, { bytes }: Leaf): void {
    const place = placeOf(parentOf(path))
    if (place === undefined) return
    const text = new TextDecoder().decode(bytes)
    if (whole.has(text)) ever.set(idOf({ place, text }), { place, text })
    else torn.push(`${path} held "${text}"`)
  }

  return {
    look,
    /** M³ is about to take away or overwrite what is at that path. */
    excuse(path: string): void {
      const node = server.tree.at(path)
      const place = placeOf(parentOf(path))
      if (node === undefined || node === 'folder' || place === undefined) return
      excused.add(idOf({ place, text: new TextDecoder().decode(node.bytes) }))
    },
    /** That is taken elsewhere by somebody who cannot know of it. */
    excusePresence(presence: Presence): void {
      excused.add(idOf(presence))
    },
    /** Somebody is about to delete the trash: what was moved there while its bytes changed is deleted by him. */
    excuseTrash(): void {
      const resting = new Set(
        server.tree.all().flatMap(([path, node]) => {
          if (node === 'folder' || parentOf(path) !== trashFolder) return []
          return [new TextDecoder().decode(node.bytes)]
        }),
      )
      for (const presence of ever.values())
        if (resting.has(presence.text)) excused.add(idOf(presence))
    },
    /** How often a marker came or went so far. */
    markerChanges: () => markerChanges,
    wasThere: (presence: Presence) => ever.has(idOf(presence)),
    isExcused: (presence: Presence) => excused.has(idOf(presence)),
    everything: () => [...ever.values()],
    /** What is there now. */
    present(): Presence[] {
      return [...last].flatMap(([path, { bytes }]) => {
        const place = placeOf(parentOf(path))
        return place === undefined ? [] : [{ place, text: new TextDecoder().decode(bytes) }]
      })
    },
    /** Files of `Media` that were seen with other bytes than somebody ever meant. */
    torn: torn as readonly string[],
  }
}

export type Witness = ReturnType<typeof newWitness>
