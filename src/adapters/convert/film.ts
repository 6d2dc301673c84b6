// Films of one picture. The browser encodes apart from the page, so they are made where the page is.
import {
  BufferTarget,
  canEncodeVideo,
  CanvasSource,
  Mp4OutputFormat,
  Output,
  Quality,
  type AudioSource,
} from 'mediabunny'
import { notConverted, orBroken } from './failed.ts'

export type Film = {
  /** Shows the picture until `toS`, in seconds since the beginning. */
  showUntil(toS: number): Promise<void>
  /** The whole film; its last picture is shown until `toS`. */
  finish(toS: number): Promise<Blob>
}

type Options = { readonly sound?: AudioSource; readonly signal?: AbortSignal | undefined }

// One picture a second: enough for players to jump to any place, and soon made.
const frameS = 1

/** Makes an MP4 (H.264) of what is painted, while `task` tells how long; lets go of it where it is not finished. */
export async function filming<T>(
  blob: Blob,
  canvas: OffscreenCanvas,
  { sound, signal }: Options,
  task: (film: Film) => Promise<T>,
): Promise<T> {
  if (!(await canEncodeVideo('avc', canvas))) throw notConverted(blob, 'unsupported')
  const target = new BufferTarget()
  // What the film begins with tells where all is: it plays before all of it is read.
  const format = new Mp4OutputFormat({ fastStart: 'in-memory' })
  const output = new Output({ format, target })
  const picture = new CanvasSource(canvas, { codec: 'avc', quality: new Quality('high') })
  output.addVideoTrack(picture)
  if (sound) output.addAudioTrack(sound)
  let shownS = 0

  async function showUntil(toS: number): Promise<void> {
    for (; shownS + frameS < toS; shownS += frameS) {
      signal?.throwIfAborted()
      await picture.add(shownS, frameS)
    }
  }

  async function finish(toS: number): Promise<Blob> {
    await showUntil(toS)
    await picture.add(shownS, Math.max(toS - shownS, 0.001))
    await output.finalize()
    if (!target.buffer) throw new Error('a film without bytes')
    return new Blob([target.buffer], { type: 'video/mp4' })
  }

  try {
    return await orBroken(
      blob,
      async () => {
        await output.start()
        return task({ showUntil, finish })
      },
      signal,
    )
  } finally {
    if (output.state !== 'finalized') await output.cancel()
  }
}
