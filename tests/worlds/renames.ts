import type { StampedAct } from '../../src/domain/act.ts'
import { mediaTop, parentOf, placeOf } from '../../src/domain/layout.ts'
import type { Seen } from '../doubles/faulty-server/request.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'
import type { Leaf } from '../doubles/faulty-server/tree.ts'
import type { Presence } from './witness.ts'

type Sight = {
  readonly server: FaultyServer
  readonly acts: readonly StampedAct[]
  /** The text behind each content key. */
  readonly texts: ReadonlyMap<string, string>
  readonly onBroken: (text: string) => void
  /** Hears of a file that came to stand so late that whoever took it elsewhere could not know of it. */
  readonly onTakenAlong: (presence: Presence) => void
}

/** Somebody who sees every file of `Media` that gets another name there, and asks whether it is one that was meant. */
export function watchRenames({ server, acts, texts, onBroken, onTakenAlong }: Sight) {
  let standing: ReadonlySet<unknown> = new Set()
  let moved: Leaf | undefined

  function isMeant(text: string): boolean {
    return acts.some(
      ({ act }) =>
        (act.do === 'rename' || act.do === 'move') &&
        (act.key === undefined || texts.get(act.key) === text),
    )
  }

  return {
    /** A run begins: what stands there now it had time to see. */
    begin(): void {
      standing = new Set(server.tree.all().map(([, node]) => node))
    },
    before(seen: Seen): void {
      const node = isRename(seen) ? server.tree.at(seen.path) : undefined
      moved = node === 'folder' ? undefined : node
    },
    after({ path, to = '' }: Seen): void {
      if (!moved || server.tree.at(to) !== moved) return
      const text = new TextDecoder().decode(moved.bytes)
      const place = placeOf(parentOf(path))
      // Of a file that M³ writes over while another takes it elsewhere, nobody can tell afterwards which came first.
      if (!standing.has(moved)) {
        if (place !== undefined) onTakenAlong({ place, text })
      } else if (!isMeant(text)) onBroken(`renamed though nobody meant it: ${text}, ${path}`)
    },
  }
}

function isRename({ method, path, to }: Seen): boolean {
  const isMedia = (one = '') => one.startsWith(`${mediaTop}/`)
  return method === 'MOVE' && isMedia(path) && isMedia(to)
}
