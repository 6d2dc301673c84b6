// Whether the hall can play a medium. Two kinds of players matter: the browser of the PC in the hall (and with it most
// programs), and Zoom's own sharing of films, which plays MP4 with H.264 and AAC alone, as simple players do.

/** What is known of a medium; see sync/convert/ports.ts. */
type Facts = {
  readonly container: string
  readonly videoCodec?: string
  readonly audioCodec?: string
  readonly isWhole: boolean
}

/** Why a medium may not play: `format` as people call it. */
export type PlayingDoubt =
  /** Its end is missing. */
  { readonly of: 'cut' } | { readonly of: 'unplayable' | 'not-in-zoom'; readonly format: string }

/** What is worth saying of a medium that plays all the same. */
export type Remark = 'silent'

type Place = PlayingDoubt & { readonly format: string }

/** Why a medium may not play in the hall; undefined where it does. */
export function playingDoubt(facts: Facts): PlayingDoubt | undefined {
  if (!facts.isWhole) return { of: 'cut' }
  const places = [videoPlace(facts.videoCodec), audioPlace(facts), containerPlace(facts)].filter(
    (place) => place !== undefined,
  )
  return places.find(({ of }) => of === 'unplayable') ?? places[0]
}

/** What people may not expect of a medium. */
export function remarkOn({ videoCodec, audioCodec }: Facts): Remark | undefined {
  return videoCodec !== undefined && audioCodec === undefined ? 'silent' : undefined
}

const nowhere = (format: string): Place => ({ of: 'unplayable', format })
const notInZoom = (format: string): Place => ({ of: 'not-in-zoom', format })

type Rule = readonly [RegExp, Place | undefined]

// RFC 6381: what stands before the first dot names the codec; behind avc1 the profile stands, of which those with more
// than eight bits or finer colours play nowhere.
const videoRules: readonly Rule[] = [
  [/^avc[1-4]\.(?:6e|7a|f4|2c)/i, nowhere('H.264 (10 bit)')],
  [/^avc/i, undefined],
  [/^(?:hvc1|hev1|hevc|dvh)/i, nowhere('HEVC (H.265)')],
  [/^(?:av01|av1)/i, notInZoom('AV1')],
  [/^(?:vp09|vp9)/i, notInZoom('VP9')],
  [/^(?:vp08|vp8)/i, notInZoom('VP8')],
  [/^(?:prores|ap[c4]|ap4)/i, nowhere('ProRes')],
  [/^mp4v|mpeg4|^xvid|^divx/i, nowhere('MPEG-4')],
  [/theora/i, nowhere('Theora')],
  [/^(?:jpeg|mjp)/i, nowhere('Motion JPEG')],
]

const audioRules: readonly Rule[] = [
  [/^(?:mp4a\.(?:40|6b|69)|aac|mp3)/i, undefined],
  [/^opus/i, notInZoom('Opus')],
  [/^vorbis/i, notInZoom('Vorbis')],
  [/^flac/i, notInZoom('FLAC')],
  [/^(?:ac-?3|mp4a\.a5)/i, nowhere('Dolby AC-3')],
  [/^(?:ec-?3|eac3|mp4a\.a6)/i, nowhere('Dolby E-AC-3')],
  [/^(?:dts|mp4a\.a9)/i, nowhere('DTS')],
  [/^alac/i, nowhere('ALAC')],
]

function videoPlace(codec: string | undefined): Place | undefined {
  return codec === undefined ? undefined : ruled(videoRules, codec)
}

// Bare samples are at home in WAV; films with them come from cameras.
function audioPlace({ audioCodec: codec, container }: Facts): Place | undefined {
  if (codec === undefined) return undefined
  if (/^(?:pcm|ulaw|alaw|1$)/i.test(codec)) return container === 'wav' ? undefined : nowhere('PCM')
  return ruled(audioRules, codec)
}

function ruled(rules: readonly Rule[], codec: string): Place | undefined {
  const rule = rules.find(([pattern]) => pattern.test(codec))
  return rule ? rule[1] : nowhere(codec === 'unknown' ? '?' : codec)
}

const containers: Readonly<Record<string, Place>> = {
  mkv: nowhere('MKV'),
  ts: nowhere('MPEG-TS'),
  mpeg: nowhere('MPEG'),
  webm: notInZoom('WebM'),
  ogg: notInZoom('Ogg'),
  aac: notInZoom('AAC'),
}

function containerPlace({ container }: Facts): Place | undefined {
  return containers[container]
}
