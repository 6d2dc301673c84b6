// What the bytes of a medium tell beyond what it is: whether the hall can show it.
import type { Doubt } from '../../domain/intake.ts'
import { kindOf } from '../../domain/media.ts'
import { isHuge, pictureHeadBytes, pictureSizeOf } from '../../domain/picture-size.ts'
import { playingDoubt, remarkOn, type Remark } from '../../domain/playing.ts'
import { attempt } from '../attempt.ts'
import { bring } from '../bring.ts'
import type { Prober } from '../convert/ports.ts'

export type Examined = { readonly doubt?: Doubt; readonly remark?: Remark }

/** Brings what probes media. */
export type BringProber = () => Promise<Prober>

type Examining = {
  /** With the extension that its content asks for. */
  readonly name: string
  readonly prober?: BringProber | undefined
  readonly signal?: AbortSignal | undefined
}

/** Looks into a medium. Where nothing can be learned of it, nothing is doubted. */
export async function examine(body: Blob, examining: Examining): Promise<Examined> {
  const kind = kindOf(examining.name)
  if (kind === 'picture') return examinePicture(body)
  return kind === 'video' || kind === 'audio' ? examineMedium(body, examining) : {}
}

async function examinePicture(body: Blob): Promise<Examined> {
  const head = new Uint8Array(await body.slice(0, pictureHeadBytes).arrayBuffer())
  const size = pictureSizeOf(head)
  return size && isHuge(size) ? { doubt: { of: 'huge', ...size } } : {}
}

async function examineMedium(body: Blob, { prober, signal }: Examining): Promise<Examined> {
  if (!prober) return {}
  // Offline before its code was ever here: then it is not looked into.
  const { value: facts } = await attempt(() =>
    bring(async () => (await prober()).probe(body, { signal })),
  )
  if (!facts) return {}
  const doubt = playingDoubt(facts)
  const remark = remarkOn(facts)
  return { ...(doubt && { doubt }), ...(remark && { remark }) }
}
