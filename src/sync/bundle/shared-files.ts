import { headBytes, mediaTypeOf, unknownType } from '../../domain/media-type.ts'
import type { CuratedDay } from '../../domain/media.ts'
import type { PrepareOptions, PreparePorts } from '../export/outputs.ts'
import { outgoingFiles, type Exceptions, type OutgoingFile } from './outgoing.ts'

/** A file as a share sheet takes it. */
type SharedFile = { readonly name: string; readonly type: string; readonly body: Blob }

/** What may be shared of some days. */
export type SharedFiles = Exceptions & { readonly files: readonly SharedFile[] }

/** The media of these days as single files, in their order; what is shown on several of them goes once. */
export async function sharedFiles(
  ports: PreparePorts,
  days: readonly CuratedDay[],
  options: PrepareOptions,
): Promise<SharedFiles> {
  const outgoing = await outgoingFiles(ports, days, options)
  const media = outgoing.files.filter(({ isBeside }) => !isBeside)
  const once = new Map(media.map((file) => [`${file.key} ${nameOf(file)}`, file]))
  const shared = await Promise.all(
    [...once.values()].map(async (file): Promise<SharedFile | string> => {
      const body = await outgoing.bytesOf(file)
      return body ? { name: nameOf(file), type: await typeOf(file, body), body } : file.name
    }),
  )
  const lost = shared.filter((one) => typeof one === 'string')
  return {
    files: shared.filter((one) => typeof one !== 'string'),
    left: [...outgoing.left, ...lost],
    unmade: outgoing.unmade,
  }
}

function nameOf({ path }: OutgoingFile): string {
  return path.slice(path.indexOf('/') + 1)
}

// Text has no first bytes that tell.
const texts: Readonly<Record<string, string>> = {
  vtt: 'text/vtt',
  svg: 'image/svg+xml',
  json: 'application/json',
}

async function typeOf({ path }: OutgoingFile, body: Blob): Promise<string> {
  const told = mediaTypeOf(new Uint8Array(await body.slice(0, headBytes).arrayBuffer()))
  return told === unknownType ? (texts[path.slice(path.lastIndexOf('.') + 1)] ?? told) : told
}
