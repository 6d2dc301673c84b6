// Files that a person brings, whichever way: looked at, and either an offer, a file with many media in it, or refused.
import {
  isZip,
  judge,
  type Doubt,
  type Glimpse,
  type Refusal,
  type Verdict,
} from '../../domain/intake.ts'
import { extensionOf } from '../../domain/media.ts'
import type { Remark } from '../../domain/playing.ts'
import { examine, type BringProber, type Examined } from './examine.ts'
import type { Offer } from './offer.ts'
import { zipNames } from './zip-names.ts'

/** What a file is that has many media in it. */
export type CollectionKind = 'playlist' | 'publication' | 'pages'

/** What became of a file that somebody brought. */
export type Received =
  /** With a doubt it waits for a person's word. */
  | {
      readonly is: 'offer'
      readonly offer: Offer
      readonly doubt?: Doubt
      readonly remark?: Remark
    }
  /** A playlist, a publication or a document of pages, of which a person takes some. */
  | {
      readonly is: 'collection'
      readonly kind: CollectionKind
      readonly file: File
    }
  | { readonly is: 'refused'; readonly name: string; readonly reason: Refusal }

/**
 * Looks at a file; its bytes stay where they are. Never rejects for what is in it. Without a prober nobody learns whether
 * a medium plays.
 */
export async function receiveFile(file: File, prober?: BringProber): Promise<Received> {
  const verdict = await verdictOn(file)
  const { name } = verdict
  if (verdict.is === 'refused') return { is: 'refused', name, reason: verdict.reason }
  const offer: Offer = { name, size: file.size, bytes: () => Promise.resolve(file) }
  if (verdict.is === 'doubtful') return { is: 'offer', offer, doubt: verdict.doubt }
  const kind = collectionKind(verdict)
  if (kind) return { is: 'collection', kind, file: new File([file], name) }
  return { is: 'offer', offer, ...(await examined(file, { name, prober })) }
}

function collectionKind({ kind, name }: Extract<Verdict, { is: 'fine' }>) {
  if (kind === 'playlist' || kind === 'publication') return kind
  return extensionOf(name) === 'pdf' ? 'pages' : undefined
}

async function examined(file: File, options: Parameters<typeof examine>[1]): Promise<Examined> {
  try {
    return await examine(file, options)
  } catch (error) {
    // It has gone since it was looked at: whoever adds it will hear of that.
    if (error instanceof DOMException) return {}
    throw error
  }
}

/** The verdict on a file by its name, its first bytes and, of packed files, the list at its end. */
export async function verdictOn(file: Pick<File, 'name'> & Blob): Promise<Verdict> {
  try {
    return judge(await glimpse(file))
  } catch (error) {
    // The drive was pulled out, or the file lies in a cloud: browsers say it in several ways, all of them DOMExceptions.
    if (error instanceof DOMException)
      return { is: 'refused', name: file.name, reason: 'unreadable' }
    throw error
  }
}

const headBytes = 4096
const textBytes = 2 * 1024 * 1024

async function glimpse(file: Pick<File, 'name'> & Blob): Promise<Glimpse> {
  const { name, size } = file
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  if (isZip(head)) return { name, size, head, entries: await zipNames(file) }
  const encoding = encodingOf(head)
  if (encoding === undefined) return { name, size, head }
  const bytes = await file.slice(0, textBytes).arrayBuffer()
  // What cannot be read of it becomes a sign for that.
  const beginning = new TextDecoder(encoding).decode(bytes)
  return { name, size, head, text: { beginning, isCut: size > textBytes } }
}

function encodingOf(head: Uint8Array): string | undefined {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return head.some(isNoLetter) ? undefined : 'utf-8'
}

// Of the control characters a text has tabs, line ends, form feeds and escapes.
function isNoLetter(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b
}
