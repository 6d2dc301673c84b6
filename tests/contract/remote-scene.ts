import { failureOf, type Failure } from '../../src/domain/failure.ts'
import { versionOf, type Entry } from '../../src/domain/layout.ts'
import { isSameVersion } from '../../src/domain/media.ts'
import type { Remote } from '../../src/sync/ports.ts'

/** What a server may lack; of each the contract says what holds without it. */
export type Lack = 'deep listings' | 'ETags' | 'dotfiles' | 'refusal of missing folders'

/** One empty sync folder as the VO and as a reader see it. */
export type RemoteStand = {
  readonly remote: Remote
  readonly reader: Remote
  readonly lacks: readonly Lack[]
}

/** The stand of the story that is being told, and what the stories do with it again and again. */
export type Scene = {
  readonly remote: () => Remote
  readonly reader: () => Remote
  readonly lacks: (what: Lack) => boolean
  readonly write: (path: string, text: string) => Promise<void>
  readonly textAt: (path: string) => Promise<string>
  /** The paths of what lies directly in a folder, in order. */
  readonly pathsIn: (folder: string) => Promise<string[]>
  /** Makes `Media/2026-11-20`. */
  readonly makeDay: () => Promise<string>
}

/** The scene on whatever stand there is at the time. */
export function sceneOn(stand: () => RemoteStand): Scene {
  const remote = () => stand().remote
  return {
    remote,
    reader: () => stand().reader,
    lacks: (what) => stand().lacks.includes(what),
    write: (path, text) => remote().write(path, new Blob([text])),
    textAt: async (path) => (await remote().read(path)).blob.text(),
    pathsIn: async (folder) => (await remote().list(folder)).map(({ path }) => path).sort(),
    async makeDay() {
      await remote().makeFolder('Media')
      await remote().makeFolder('Media/2026-11-20')
      return 'Media/2026-11-20'
    },
  }
}

/** Whether two entries show the same bytes, wherever they stand. */
export function isSameFileAs(one?: Entry): (other?: Entry) => boolean {
  return (other) => !!one && !!other && isSameVersion(versionOf(one), versionOf(other))
}

/** The failure a deed rejects with; a deed that succeeds or breaks otherwise fails the test. */
export async function refusal(deed: Promise<unknown>): Promise<Failure> {
  const error: unknown = await deed.then(
    () => new Error('It succeeded'),
    (reason: unknown) => reason,
  )
  const failure = failureOf(error)
  if (!failure) throw error
  return failure
}
