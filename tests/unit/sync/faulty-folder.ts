import { expect } from 'vitest'
import { webdavRemote } from '../../../src/adapters/webdav/remote.ts'
import { parentOf } from '../../../src/domain/layout.ts'
import { openDevice } from '../../doubles/congregation.ts'
import type { Fault } from '../../doubles/faulty-server/faults.ts'
import { faultyServer } from '../../doubles/faulty-server/server.ts'
import type { Traits } from '../../doubles/faulty-server/traits.ts'

const today = '2026-11-21'
export const wednesday = '2026-11-25'
export const folder = `Media/${wednesday}`

const noon = Date.parse(`${today}T12:00:00Z`)

type ServerOptions = Parameters<typeof faultyServer>[0]

/** One request as the server saw it. */
export type Seen = Parameters<NonNullable<ServerOptions['onRequest']>>[0]

/** What happens around requests: `before` may let them fail, `after` hears of those that are over. */
export type Events = {
  readonly traits?: Partial<Traits>
  /** How long a request takes. */
  readonly requestMs?: number
  readonly before?: (seen: Seen) => Fault | undefined
  readonly after?: (seen: Seen) => void
}

/** A sync folder on a server of its own kind, with these files, and the devices that come to it. */
export function faultyFolder(files: Readonly<Record<string, string>>, events: Events = {}) {
  const { traits, before, after, requestMs = 250 } = events
  let now = noon
  const asked: { readonly method: string; readonly path: string; readonly status: number }[] = []
  const server = faultyServer({
    now: () => now,
    ...(traits && { traits }),
    ...(after && { onRequest: after }),
    faultAt: (_, seen) => before?.(seen),
  })
  for (const [path, text] of Object.entries(files)) put(path, text)

  /** Somebody puts a file there by another tool, or writes over one. */
  function put(path: string, text: string): void {
    now += 5_000
    makeFolder(parentOf(path))
    server.tree.write(path, new TextEncoder().encode(text))
  }

  function makeFolder(path: string): void {
    if (path === '' || server.tree.at(path) !== undefined) return
    makeFolder(parentOf(path))
    server.tree.makeFolder(path)
  }

  /** A device that has never been here; its line to the server may be cut. */
  async function device(id: string) {
    let isOnline = true
    const line: typeof fetch = async (input, init) => {
      if (!isOnline) throw new TypeError('Failed to fetch')
      now += requestMs
      const answer = await server.fetch(input, init)
      const url = input instanceof Request ? input.url : input.toString()
      const path = decodeURIComponent(new URL(url).pathname)
      asked.push({ method: init?.method ?? 'GET', path, status: answer.status })
      return answer
    }
    const connection = server.connection()
    const remote = webdavRemote({ connection, password: 'password', fetch: line })
    const setOnline = (next: boolean) => {
      isOnline = next
    }
    return { ...(await openDevice({ id, today, remote })), setOnline }
  }

  return {
    server,
    put,
    device,
    /** Every request that got an answer, with what that was. */
    asked: asked as readonly (typeof asked)[number][],
    /** What lies in the folder of Wednesday, by name. */
    wednesdays: (): Record<string, string> => {
      const found = server.tree.all().filter(([path]) => parentOf(path) === folder)
      const texts = found.map(([path, node]) => [path.slice(folder.length + 1), textOf(node)])
      return Object.fromEntries(texts) as Record<string, string>
    },
  }
}

export type FaultyFolder = ReturnType<typeof faultyFolder>

export type Device = Awaited<ReturnType<FaultyFolder['device']>>

function textOf(node: ReturnType<FaultyFolder['server']['tree']['at']>): string {
  if (node === undefined || node === 'folder') throw new Error('there is a folder in the folder')
  return new TextDecoder().decode(node.bytes)
}

/** Answers true for the first request that is of this kind. */
export function firstOf(isIt: (seen: Seen) => boolean): (seen: Seen) => boolean {
  let isOver = false
  return (seen) => {
    const isFirst = !isOver && isIt(seen)
    isOver ||= isFirst
    return isFirst
  }
}

/** What an act needs to say of the item that the VO sees under a name. */
export async function meant(vo: Device, name: string) {
  const { size, key } = await vo.item(wednesday, name)
  return { place: wednesday, name, size, ...(key && { key }) } as const
}

/** What a media folder holds that holds just these files of Wednesday. */
export function onDisk(files: Readonly<Record<string, string>>): Record<string, string> {
  const paths = Object.entries(files).map(([name, text]) => [`${wednesday}/${name}`, text])
  return Object.fromEntries(paths) as Record<string, string>
}

/** Both devices update until neither has news, and hold the same: what stands in the sync folder. */
export async function expectAgreed(
  { wednesdays }: FaultyFolder,
  [vo, hall]: readonly [Device, Device],
): Promise<void> {
  await hall.update()
  const receipts = [await vo.update(), await hall.update()]
  expect(await vo.folder.tree()).toEqual(onDisk(wednesdays()))
  expect(await hall.folder.tree()).toEqual(onDisk(wednesdays()))
  expect(new Set(receipts.map(({ fingerprint }) => fingerprint)).size).toBe(1)
  expect(receipts).toMatchObject([{ isExact: true }, { isExact: true }])
}
