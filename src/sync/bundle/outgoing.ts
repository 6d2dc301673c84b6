import type { ContentKey, CuratedDay } from '../../domain/media.ts'
import { prepareOutputs, type PrepareOptions, type PreparePorts } from '../export/outputs.ts'

/** A file that goes out: `path` as in the media folder. */
export type OutgoingFile = {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly key: ContentKey
  /** It goes with the media of its day and is none itself. */
  readonly isBeside?: true
}

/** Names of files that do not go out because their bytes are not here, and of those that go out unconverted. */
export type Exceptions = { readonly left: readonly string[]; readonly unmade: readonly string[] }

/** What goes out of these days, in their order. */
export type Outgoing = Exceptions & {
  readonly files: readonly OutgoingFile[]
  /** Undefined where they have gone since. */
  bytesOf(file: OutgoingFile): Promise<Blob | undefined>
}

/** The files that an export of these days would write, as far as they are here; what is only announced is not. */
export async function outgoingFiles(
  ports: PreparePorts,
  days: readonly CuratedDay[],
  options: PrepareOptions,
): Promise<Outgoing> {
  const prepared = await prepareOutputs(ports, days, options)
  const { outputs, failed } = prepared
  const keys = await ports.store.blobKeys()
  const files = outputs.flatMap(({ path, name, size, key, isBeside }) =>
    key !== undefined && (isBeside || keys.has(key))
      ? [{ path, name, size, key, ...(isBeside && { isBeside }) }]
      : [],
  )
  const here = new Set(files.map(({ path }) => path))
  const absent = outputs.filter(({ path }) => !here.has(path)).map(({ name }) => name)
  const left = [...new Set([...absent, ...days.flatMap(({ awaited }) => awaited)])]
  const unmade = failed.map(({ path }) => path.slice(path.indexOf('/') + 1))
  return { files, left, unmade, bytesOf: ({ key }) => prepared.bytesOf(key) }
}
