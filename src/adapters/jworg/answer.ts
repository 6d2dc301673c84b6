// What the media service says of files, as far as it matters here.
import * as v from 'valibot'
import type { FilmMarker, PublishedFile } from '../../sync/ports.ts'

/** An MD5 in hex, as lower case. */
export const md5 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{32}$/i),
  v.transform((text) => text.toLowerCase()),
)
/** Text, empty where there is none. */
export const text = v.fallback(v.string(), '')
/** A number from 0 on, 0 where there is none. */
export const count = v.fallback(v.pipe(v.number(), v.minValue(0)), 0)

const marker = v.object({
  label: text,
  startTime: v.string(),
  duration: text,
  endTransitionDuration: text,
})

const subtitles = v.object({ url: v.string(), checksum: md5 })

const publishedFile = v.object({
  title: text,
  file: v.object({ url: v.string(), checksum: md5 }),
  filesize: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  label: text,
  pub: text,
  track: count,
  duration: count,
  subtitled: v.fallback(v.boolean(), false),
  subtitles: v.fallback(v.optional(subtitles), undefined),
  markers: v.fallback(v.nullish(v.object({ markers: v.array(v.unknown()) })), undefined),
})

const answer = v.object({
  files: v.record(v.string(), v.record(v.string(), v.array(v.unknown()))),
})

type Wanted = {
  readonly language: string
  readonly formats: readonly string[]
  /** What relative addresses are relative to. */
  readonly address: string
}

/** The files in an answer; undefined where it is none. A file that makes no sense is left out. */
export function readAnswer(value: unknown, wanted: Wanted): PublishedFile[] | undefined {
  // So it says that there is no such publication, now and then with the status of a success.
  if (Array.isArray(value)) return []
  const parsed = v.safeParse(answer, value)
  if (!parsed.success) return undefined
  const formats = parsed.output.files[wanted.language] ?? {}
  const rows = wanted.formats.flatMap((format) => formats[format] ?? [])
  return rows.flatMap((row) => readFile(row, wanted.address))
}

function readFile(row: unknown, address: string): PublishedFile[] {
  const parsed = v.safeParse(publishedFile, row)
  if (!parsed.success) return []
  const { output } = parsed
  const url = webAddress(output.file.url, address)
  if (url === undefined) return []
  return [
    {
      name: nameIn(url),
      url,
      size: output.filesize,
      md5: output.file.checksum,
      title: output.title,
      lines: linesOf(output.label),
      hasBurnedInSubtitles: output.subtitled,
      symbol: output.pub,
      track: output.track,
      durationS: output.duration,
      ...subtitlesOf(output.subtitles, address),
      ...markersOf(output.markers?.markers ?? []),
    },
  ]
}

/** How high a picture is by its label, in lines; 0 where it has none. */
export function linesOf(label: string): number {
  return Number(/^(\d{1,4})p$/.exec(label)?.[1] ?? 0)
}

/** Subtitles as they are told of beside a film. */
export function subtitlesOf(
  found: v.InferOutput<typeof subtitles> | undefined,
  address: string,
): Pick<PublishedFile, 'subtitles'> {
  const url = found && webAddress(found.url, address)
  return found && url ? { subtitles: { url, md5: found.checksum } } : {}
}

function markersOf(rows: readonly unknown[]): Pick<PublishedFile, 'markers'> {
  const markers = rows.flatMap((row): FilmMarker[] => {
    const parsed = v.safeParse(marker, row)
    return parsed.success ? [parsed.output] : []
  })
  return markers.length > 0 ? { markers } : {}
}

/** An address as an absolute one; files come over the web, safely unless the service itself does not. */
export function webAddress(url: string, address: string): string | undefined {
  if (!URL.canParse(url, address)) return undefined
  const { protocol, href } = new URL(url, address)
  return protocol === 'https:' || protocol === new URL(address).protocol ? href : undefined
}

/** What a file is called in its address. */
export function nameIn(url: string): string {
  const { pathname } = new URL(url)
  const name = pathname.slice(pathname.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    // Not every address is encoded as it should be.
    return name
  }
}
