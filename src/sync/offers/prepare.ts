// What was offered becomes what is added: the one place where files of all ways pass, whoever brought them.
import { pictureBox, typeOfName } from '../../domain/converting.ts'
import { Failed, failureOf } from '../../domain/failure.ts'
import type { Doubt, Refusal } from '../../domain/intake.ts'
import { headBytes, mediaTypeOf } from '../../domain/media-type.ts'
import type { MediaSettings } from '../../domain/media-settings.ts'
import { bring } from '../bring.ts'
import type { Converter, Converters, ConvertOptions } from '../convert/ports.ts'
import { examine } from './examine.ts'
import { verdictOn } from './files.ts'

/** What became of the bytes of an offer. */
export type Prepared =
  /** `name` has the extension that the bytes have now. */
  | { readonly is: 'ready'; readonly name: string; readonly body: Blob }
  | { readonly is: 'refused'; readonly reason: Refusal }
  /** A person is asked first. */
  | { readonly is: 'doubtful'; readonly doubt: Doubt }

export type Preparing = ConvertOptions & {
  readonly name: string
  readonly converters: () => Promise<Converters>
  readonly media: Pick<MediaSettings, 'scalesPictures' | 'resolution'>
  /** A person knows what is doubtful about it. */
  readonly isAgreed: boolean
}

/**
 * Looks at bytes by their content, and makes of them what all players show. Rejects with 'not-converted' where that
 * cannot be done, with 'unreachable' where its code cannot come.
 */
export async function prepare(body: Blob, preparing: Preparing): Promise<Prepared> {
  const { name, signal, isAgreed } = preparing
  const verdict = await verdictOn(new File([body], name))
  signal?.throwIfAborted()
  if (verdict.is === 'refused') return { is: 'refused', reason: verdict.reason }
  if (verdict.is === 'doubtful') return { is: 'ready', name, body }
  const made = await converted(body, { ...preparing, name: verdict.name })
  if (!isAgreed) {
    const prober = async () => (await preparing.converters()).prober
    const { doubt } = await examine(made.body, { name: made.name, prober, signal })
    if (doubt) return { is: 'doubtful', doubt }
  }
  return { is: 'ready', ...made }
}

async function converted(body: Blob, preparing: Preparing): Promise<{ name: string; body: Blob }> {
  const { name, media, signal, onStep } = preparing
  let type = typeOfName(name)
  if (!mayChange(type, media)) return { name, body }
  let made = body
  for (const converter of await chain(preparing)) {
    if (!converter.accepts(type)) continue
    const before = made
    made = await named(name, () => converter.convert(before, { signal, onStep }))
    if (made !== before) type = await typeOf(made)
  }
  return made === body ? { name, body } : { name: await nameOf(made, name), body: made }
}

// Else its code need not come.
function mayChange(type: string, { scalesPictures }: Preparing['media']): boolean {
  const always = ['image/heic', 'image/svg+xml', 'image/jpeg']
  return always.includes(type) || (scalesPictures && type === 'image/png')
}

async function chain({ converters, media }: Preparing): Promise<readonly Converter[]> {
  const brought = await bring(converters)
  if (!media.scalesPictures) return brought.incoming
  return [...brought.incoming, brought.scaled(pictureBox(media.resolution))]
}

// Who converts does not know what it is called.
async function named<T>(name: string, task: () => Promise<T>): Promise<T> {
  try {
    return await bring(task)
  } catch (error) {
    const failure = failureOf(error)
    if (failure?.kind !== 'not-converted') throw error
    throw new Failed({ ...failure, name }, { cause: error })
  }
}

async function typeOf(body: Blob): Promise<string> {
  return mediaTypeOf(new Uint8Array(await body.slice(0, headBytes).arrayBuffer()))
}

async function nameOf(body: Blob, name: string): Promise<string> {
  return (await verdictOn(new File([body], name))).name
}
