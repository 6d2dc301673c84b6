import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
  type InputVideoTrack,
} from 'mediabunny'
import type { ConvertOptions, MediumFacts } from '../../sync/convert/ports.ts'
import { isWhole } from './whole.ts'

// Not those that are lists of addresses: nothing is fetched for a file.
const containers: readonly (readonly [InputFormat, string])[] = [
  [MP4, 'mp4'],
  [QTFF, 'mov'],
  [WEBM, 'webm'],
  [MATROSKA, 'mkv'],
  [MP3, 'mp3'],
  [WAVE, 'wav'],
  [OGG, 'ogg'],
  [FLAC, 'flac'],
  [ADTS, 'aac'],
  [MPEG_TS, 'ts'],
]

/** What a medium says of itself; undefined where it is none that is known here. */
export async function probe(
  blob: Blob,
  { signal }: ConvertOptions = {},
): Promise<MediumFacts | undefined> {
  signal?.throwIfAborted()
  const input = new Input({
    source: new BlobSource(blob),
    formats: containers.map(([format]) => format),
  })
  const stop = () => {
    input.dispose()
  }
  signal?.addEventListener('abort', stop)
  try {
    return await factsOf(input, blob)
  } catch (error) {
    signal?.throwIfAborted()
    // The drive was pulled out: that is not about the medium.
    if (error instanceof DOMException) throw error
    return undefined
  } finally {
    signal?.removeEventListener('abort', stop)
    input.dispose()
  }
}

async function factsOf(input: Input, blob: Blob): Promise<MediumFacts | undefined> {
  if (!(await input.canRead())) return undefined
  const format = await input.getFormat()
  const container = containers.find(([one]) => one === format)?.[1] ?? 'other'
  const isAllThere = await isWhole(blob, container)
  try {
    return { container, isWhole: isAllThere, ...(await contentOf(input)) }
  } catch (error) {
    // Of one whose end is missing, the rest may be unreadable: that it is missing says enough.
    if (isAllThere || error instanceof DOMException) throw error
    return { container, isWhole: false }
  }
}

async function contentOf(input: Input): Promise<Partial<MediumFacts>> {
  const video = await input.getPrimaryVideoTrack()
  const audio = await input.getPrimaryAudioTrack()
  const durationS = (await input.getDurationFromMetadata()) ?? (await input.computeDuration())
  return {
    durationS,
    ...(video && {
      videoCodec: await codecOf(video),
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
    }),
    ...(audio && { audioCodec: await codecOf(audio) }),
  }
}

async function codecOf(track: InputVideoTrack | InputAudioTrack): Promise<string> {
  const known = (await track.getCodecParameterString()) ?? (await track.getCodec())
  const inside = await track.getInternalCodecId()
  return known ?? (typeof inside === 'string' ? inside.trim() : 'unknown')
}
