import { Failed } from '../../domain/failure.ts'
import { extensionOf } from '../../domain/media.ts'
import { md5Of } from '../md5.ts'

/** A file that a person saved from JW.org, and what its bytes tell at a glance; `md5` is lower-case hex. */
export type SavedFile = {
  readonly file: File
  readonly md5: string
  readonly kind: 'publication' | 'film' | 'other'
}

type Options = {
  readonly signal?: AbortSignal | undefined
  /** Hears how many of its bytes were looked at. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/** Looks at a file once, however big it is. Rejects with 'empty-file' where there is nothing in it. */
export async function lookAtFile(file: File, { signal, onBytes }: Options): Promise<SavedFile> {
  if (file.size === 0) throw new Failed({ kind: 'empty-file', name: file.name })
  const kind = await kindOfFile(file)
  return { file, kind, md5: await md5Of(file, { signal, onHashed: onBytes }) }
}

// What is called a publication and is none was spoilt on its way: whoever opens it says so.
async function kindOfFile(file: File): Promise<SavedFile['kind']> {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 8).arrayBuffer()))
  // APPNOTE.TXT §4.3.7, ISO/IEC 14496-12 §4.3.
  if (head.startsWith('PK\u0003\u0004') || extensionOf(file.name) === 'jwpub') return 'publication'
  return head.slice(4) === 'ftyp' ? 'film' : 'other'
}
