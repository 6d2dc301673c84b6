import type { Traits } from './traits.ts'

export type Leaf = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly modified: number
  readonly revision: number
}

/** A folder, or a file with its bytes, time and the number of its version. */
export type Node = 'folder' | Leaf

/**
 * An empty sync folder, its files and folders by decoded path without '/' at its ends; '' is the top. `now` is the
 * server's own time.
 */
export function newTree({ names, timeStepMs }: Traits, now: () => number) {
  const nodes = new Map<string, { readonly name: string; readonly node: Node }>()
  let revision = 0
  let changes = 0

  const idOf = (path: string) => (names === 'one case' ? path.toLowerCase() : path)
  const spelled = (path: string) => (names === 'decomposed' ? path.normalize('NFD') : path)
  const at = (path: string): Node | undefined =>
    path === '' ? 'folder' : nodes.get(idOf(spelled(path)))?.node

  function put(path: string, node: Node): void {
    changes += 1
    const name = spelled(path)
    const id = idOf(name)
    // What is written over keeps the name it was made under.
    nodes.set(id, { name: nodes.get(id)?.name ?? name, node })
  }

  function within(path: string): (readonly [string, Node])[] {
    const id = idOf(spelled(path))
    const found = [...nodes].filter(([other]) => other === id || other.startsWith(`${id}/`))
    return found.map(([, { name, node }]) => [name, node] as const)
  }

  function drop(path: string): void {
    changes += 1
    for (const [name] of within(path)) nodes.delete(idOf(name))
  }

  return {
    at,
    /** How often anything was made, written, moved or removed so far. */
    changes: () => changes,
    /** Every file and folder, in the order of their making. */
    all: () => [...nodes.values()].map(({ name, node }) => [name, node] as const),
    makeFolder: (path: string) => {
      put(path, 'folder')
    },
    write(path: string, bytes: Uint8Array<ArrayBuffer>): void {
      revision += 1
      const modified = Math.floor(now() / timeStepMs) * timeStepMs
      put(path, { bytes, modified, revision })
    },
    drop,
    move(from: string, to: string): void {
      const moving = within(from)
      const start = spelled(from).length
      const target = spelled(to)
      drop(from)
      drop(to)
      for (const [name, node] of moving) put(target + name.slice(start), node)
    },
  }
}
