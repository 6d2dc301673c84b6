// The bytes of what is about to be added, as they are added.
import type { Act } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import { failureOf } from '../../domain/failure.ts'
import type { MediaSettings } from '../../domain/media-settings.ts'
import { joinName, splitName } from '../../domain/naming.ts'
import { contentKey } from '../../sync/content-key.ts'
import type { Converters } from '../../sync/convert/ports.ts'
import type { NewBlob } from '../../sync/ports.ts'
import { prepare } from '../../sync/offers/prepare.ts'
import type { Pending } from './usePending.ts'

/** A file that is added. */
export type Body = { readonly name: string; readonly body: Blob }

type Making = {
  readonly converters: () => Promise<Converters>
  readonly media: MediaSettings
  /** The name that one gets whose extension turns out to be another. */
  readonly free: (name: string) => string
  readonly signal: AbortSignal
}

/**
 * Undefined where the bytes turn out to be nothing that may be added, or not before a person has said so: what lay in a
 * playlist nobody had looked at.
 */
export async function bodiesOf(entry: Pending, making: Making): Promise<Body[] | undefined> {
  const { offer, doubt } = entry
  const { converters, media, signal } = making
  delete entry.failure
  delete entry.refusal
  delete entry.share
  entry.received = 0
  const came = await offer.bytes({ signal, onReceived: (bytes) => (entry.received = bytes) })
  const isAgreed = doubt !== undefined || offer.isAgreed === true
  const onStep = (share: number) => (entry.share = share)
  const name = entry.name
  const made = await prepare(came, { name, converters, media, isAgreed, signal, onStep })
  signal.throwIfAborted()
  if (made.is === 'refused') Object.assign(entry, { refusal: made.reason, isStruck: true })
  if (made.is === 'doubtful') Object.assign(entry, { doubt: made.doubt, isStruck: true })
  if (made.is !== 'ready') return undefined
  if (made.name !== name) entry.name = making.free(made.name)
  return [{ name: entry.name, body: made.body }, ...(await companionsOf(entry, signal))]
}

async function companionsOf({ name, offer }: Pending, signal: AbortSignal): Promise<Body[]> {
  const { stem } = splitName(name)
  const beside: Body[] = []
  for (const { extension, bytes } of offer.companions ?? []) {
    const body = await unlessFailed(() => bytes({ signal }))
    if (body) beside.push({ name: joinName({ stem, extension }), body })
  }
  return beside
}

// A film without its subtitles is better than none; whoever wants them adds it anew another time.
async function unlessFailed(bytes: () => Promise<Blob>): Promise<Blob | undefined> {
  try {
    return await bytes()
  } catch (error) {
    if (!failureOf(error)) throw error
    return undefined
  }
}

/** What adds a file to a place. */
export async function addition(
  place: Place,
  { name, body }: Body,
): Promise<{ readonly act: Act; readonly blobs: readonly NewBlob[] }> {
  const key = await contentKey(body)
  return { act: { do: 'add', place, name, size: body.size, key }, blobs: [{ key, body }] }
}
