import type { Inspected } from '../../domain/readiness.ts'
import { settled, withAddress } from './settled.ts'
import { hasSoundTrack } from './tracks.ts'

type Player = HTMLVideoElement | HTMLAudioElement

/** Plays of a film the beginning and the frame shortly before its end. */
export function playFilm(blob: Blob, signal: AbortSignal | undefined): Promise<Inspected> {
  return playing('video', async (film) => {
    const end = await soughtEnd(film, { blob, signal })
    if (end.of !== 'sound') return end
    // A codec that is unknown here leaves sound alone.
    if ((film as HTMLVideoElement).videoWidth === 0) return { of: 'unplayable' }
    const isHeard = hearsSound(film)
    if (isHeard === undefined) return { ...end, of: 'film' }
    if (isHeard) return { ...end, of: 'film', sound: 'heard' }
    return { ...end, of: 'film', sound: (await hasSoundTrack(blob)) ? 'unheard' : 'none' }
  })
}

/** Plays the beginning and the end of sound. */
export function playSound(blob: Blob, signal: AbortSignal | undefined): Promise<Inspected> {
  return playing('audio', (sound) => soughtEnd(sound, { blob, signal }))
}

async function playing(
  kind: 'video' | 'audio',
  look: (player: Player) => Promise<Inspected>,
): Promise<Inspected> {
  const player = document.createElement(kind)
  Object.assign(player, { muted: true, playsInline: true, preload: 'auto' })
  try {
    return await look(player)
  } finally {
    // A decoder is dear: this one is let go at once.
    player.removeAttribute('src')
    player.load()
  }
}

/** So close to the end, in seconds, that hardly anything can be lacking behind. */
const nearEndS = 0.2
// A film that was recorded on the fly does not know how long it is, until somebody looks for its end.
const beyondS = 1e6

function soughtEnd(
  player: Player,
  { blob, signal }: { blob: Blob; signal: AbortSignal | undefined },
): Promise<Inspected> {
  return withAddress(blob, async (address): Promise<Inspected> => {
    const begin = () => (player.src = address)
    const opened = await settled(player, { good: 'loadedmetadata', begin, signal })
    if (opened !== 'good') return { of: opened === 'late' ? 'unsure' : 'unplayable' }
    const end = Number.isFinite(player.duration) ? player.duration : beyondS
    const seek = () => (player.currentTime = Math.max(0, end - nearEndS))
    const sought = await settled(player, { good: 'seeked', begin: seek, signal })
    if (sought !== 'good') return { of: sought === 'late' ? 'unsure' : 'cut-off' }
    const { duration, currentTime } = player
    return { of: 'sound', durationS: Number.isFinite(duration) ? duration : currentTime }
  })
}

/** What each engine calls it; none of it is standard. */
type Hearing = {
  readonly mozHasAudio?: boolean
  readonly webkitAudioDecodedByteCount?: number
  readonly audioTracks?: { readonly length: number }
}

// Chromium has decoded some sound by now, if it can.
function hearsSound(player: Player): boolean | undefined {
  const { mozHasAudio, webkitAudioDecodedByteCount, audioTracks } = player as Hearing
  if (mozHasAudio !== undefined) return mozHasAudio
  if (webkitAudioDecodedByteCount !== undefined) return webkitAudioDecodedByteCount > 0
  return audioTracks && audioTracks.length > 0
}
