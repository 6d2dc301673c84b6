import { headBytes, mediaTypeOf } from '../../domain/media-type.ts'
import type { MediaKind } from '../../domain/media.ts'
import type { Inspected } from '../../domain/readiness.ts'
import type { Inspector } from '../../sync/readiness/ports.ts'
import { playFilm, playSound } from './player.ts'
import { showPicture } from './picture.ts'
import { isWhole } from './whole.ts'

/** An Inspector by the elements of this page. */
export function pageInspector(): Inspector {
  return {
    async inspect(blob, { kind, signal }): Promise<Inspected> {
      signal?.throwIfAborted()
      const type = mediaTypeOf(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
      const look = looks[kindBy(type, kind)]
      if (!look) return { of: 'other' }
      // Players make the best of half a file, and show nothing of what is lacking.
      if (!(await isWhole(blob, type))) return { of: 'cut-off' }
      return look(blob, signal)
    },
  }
}

type Look = (blob: Blob, signal: AbortSignal | undefined) => Promise<Inspected>

const looks: Readonly<Partial<Record<MediaKind, Look>>> = {
  picture: showPicture,
  video: playFilm,
  audio: playSound,
}

// What the bytes say counts more than a name; of drawings, which are text, only the name tells.
function kindBy(type: string, kind: MediaKind): MediaKind {
  if (kind === 'document' || kind === 'other') return kind
  if (type.startsWith('image/')) return 'picture'
  return kind
}
