import {
  ADTS,
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MP3,
  MP4,
  Mp4OutputFormat,
  OGG,
  WAVE,
  type InputAudioTrack,
} from 'mediabunny'
import type { ConvertOptions, Converter } from '../../sync/convert/ports.ts'
import { canvasOf } from './canvas.ts'
import { notConverted, orBroken } from './failed.ts'
import { filming, type Film } from './film.ts'

const size = { width: 1280, height: 720 }

/** Sound → a film of one dark picture (MP4, H.264); the sound itself is copied as it is. */
export const sound: Converter = {
  label: 'sound',
  extension: 'mp4',
  accepts: (type) => type.startsWith('audio/'),

  async convert(blob, options = {}) {
    const formats = [MP3, MP4, WAVE, OGG, FLAC, ADTS]
    const input = new Input({ source: new BlobSource(blob), formats })
    try {
      const track = await orBroken(blob, () => input.getPrimaryAudioTrack(), options.signal)
      const hasPicture = await orBroken(blob, () => input.getPrimaryVideoTrack(), options.signal)
      if (!track || hasPicture) throw notConverted(blob, 'unsupported')
      return await filmOf(blob, track, options)
    } finally {
      input.dispose()
    }
  },
}

async function filmOf(blob: Blob, track: InputAudioTrack, options: ConvertOptions): Promise<Blob> {
  const codec = await track.getCodec()
  const fits = new Mp4OutputFormat().getSupportedAudioCodecs().some((one) => one === codec)
  if (codec === null || !fits) throw notConverted(blob, 'unsupported')
  const { canvas, context } = canvasOf(blob, size)
  context.fillStyle = 'black'
  context.fillRect(0, 0, size.width, size.height)
  const copy = new EncodedAudioPacketSource(codec)
  return filming(blob, canvas, { sound: copy, signal: options.signal }, (film) =>
    copied(track, { copy, film }, options),
  )
}

// Picture and sound go in side by side, as players read them.
async function copied(
  track: InputAudioTrack,
  { copy, film }: { readonly copy: EncodedAudioPacketSource; readonly film: Film },
  { signal, onStep }: ConvertOptions,
): Promise<Blob> {
  const durationS = await track.computeDuration()
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined
  for await (const packet of new EncodedPacketSink(track).packets()) {
    signal?.throwIfAborted()
    await copy.add(packet, decoderConfig && { decoderConfig })
    await film.showUntil(Math.min(packet.timestamp, durationS))
    onStep?.(Math.min(1, packet.timestamp / durationS))
  }
  copy.close()
  return film.finish(durationS)
}
