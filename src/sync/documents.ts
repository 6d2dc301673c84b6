// The JSON files of the sync folder: everything from outside is unknown until it has passed here.
import * as v from 'valibot'
import type { StampedAct } from '../domain/act.ts'
import { addDays, isDay, type Day, type Place } from '../domain/day.ts'
import { readForced, type ForcedFile } from '../domain/forced.ts'
import type { DeviceFile, Note } from '../domain/journal.ts'
import type { ContentKey } from '../domain/media.ts'
import type { ToldReceipt } from '../domain/possession.ts'
import type { PublishedWeek, WeekWord } from '../domain/published-week.ts'

/**
 * Larger documents, in bytes, are not even fetched: 60 days of acts come to a few hundred kB, and a phone must be able to
 * hold all devices' files at once.
 */
export const maxDocumentBytes = 4 * 1024 * 1024

const day = v.pipe(
  v.string(),
  v.check(isDay),
  v.transform((text) => text as Day),
)
const place = v.pipe(
  v.string(),
  v.check((text) => text === 'recurring' || isDay(text)),
  v.transform((text) => text as Place),
)
const key = v.pipe(
  v.string(),
  v.regex(/^(?:sha256-[0-9a-f]{64}|md5-[0-9a-f]{32})$/),
  v.transform((text) => text as ContentKey),
)
const text = v.pipe(v.string(), v.maxLength(1_000))
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
// Far beyond what acts can reach, far below where one more is no more: a false number must not stop all later ordering.
const lamport = v.pipe(count, v.maxValue(2 ** 40))

const file = { place, name: text, size: count }
const known = { size: v.exactOptional(count), key: v.exactOptional(key) }
const prefix = v.pipe(v.string(), v.regex(/^(?:\d\d(?:-\d\d){0,5})?$/))
const rule = v.object({
  meetings: v.picklist(['all', 'midweek', 'weekend']),
  until: v.exactOptional(day),
})
const act = v.variant('do', [
  v.object({ do: v.literal('add'), ...file, key }),
  v.object({ do: v.literal('remove'), ...file, key: v.exactOptional(key) }),
  v.object({ do: v.literal('restore'), ...file, key: v.exactOptional(key), of: id }),
  v.object({ do: v.literal('rename'), place, name: text, to: text, ...known }),
  v.object({ do: v.literal('move'), place, name: text, into: place, to: text, ...known }),
  v.object({ do: v.literal('hide'), day, item: text, name: text }),
  v.object({ do: v.literal('show'), day, item: text, name: text, markers: v.array(text) }),
  v.object({ do: v.literal('order'), day, item: text, name: text, prefix, was: prefix }),
  v.object({ do: v.literal('rule'), place: v.literal('recurring'), name: text, rule, was: rule }),
])
const stampedAct = v.object({ id, device: id, lamport, at: v.string(), act })
const note = v.object({
  place,
  name: text,
  version: v.object({
    size: count,
    etag: v.exactOptional(text),
    modified: v.exactOptional(v.number()),
    md5: v.exactOptional(text),
  }),
  key,
})
const deviceFile = v.object({
  version: v.literal(1),
  device: id,
  name: text,
  // A newer Lectern may know acts and notes that this one does not: they are passed over, not fatal.
  acts: v.array(v.unknown()),
  notes: v.array(v.unknown()),
  weeks: v.optional(v.fallback(v.record(v.string(), v.unknown()), {}), {}),
  receipt: v.optional(v.unknown()),
})
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{16,64}$/))
const weekWord = v.object({ at: text, settings: digest, digest })
// Nine weeks at most are updated; a stranger's file must not have this device go through a thousand years.
const mostToldDays = 70
const marks = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{8})*$/))
const toldReceipt = v.pipe(
  v.object({
    at: text,
    in: v.picklist(['folder', 'browser']),
    words: v.pipe(v.string(), v.maxLength(60)),
    isExact: v.boolean(),
    settings: digest,
    from: day,
    to: day,
    days: v.record(v.pipe(v.string(), v.check(isDay)), marks),
  }),
  v.check(({ from, to }) => to >= addDays(from, -1) && to <= addDays(from, mostToldDays)),
)

function readable<T>(schema: v.GenericSchema<unknown, T>, values: readonly unknown[]): T[] {
  return values.flatMap((value) => {
    const result = v.safeParse(schema, value)
    return result.success ? [result.output] : []
  })
}

// No document has nearly as many; one that has could be read, and never be written again.
const mostLevels = 100

function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > mostLevels) return true
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one ? Object.values(one) : [],
    )
  }
  return false
}

/** What a text says as JSON; undefined when it is none, or goes too deep. */
export function parseJson(source: string): unknown {
  try {
    const value: unknown = JSON.parse(source)
    return isDeep(value) ? undefined : value
  } catch {
    // Text that is no JSON at all is as unreadable as JSON of another shape.
    return undefined
  }
}

/** A device's file, or undefined when it is none. */
export function parseDeviceFile(source: string): DeviceFile | undefined {
  const result = v.safeParse(deviceFile, parseJson(source))
  if (!result.success) return undefined
  const { device, name, acts, notes, weeks, receipt } = result.output
  const words = readable<readonly [string, WeekWord]>(
    v.tuple([day, weekWord]),
    Object.entries(weeks),
  )
  const [told] = readable<ToldReceipt>(toldReceipt, [receipt])
  return {
    device,
    name,
    acts: readable<StampedAct>(stampedAct, acts),
    notes: readable<Note>(note, notes),
    ...(words.length > 0 && { weeks: Object.fromEntries(words) }),
    ...(told && { receipt: told }),
  }
}

const md5 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const bytes = { url: v.pipe(v.string(), v.maxLength(2_000)), size: count, md5 }
const companion = v.object({ extension: v.picklist(['vtt', 'json']), ...bytes })
const item = v.object({
  id: text,
  day,
  name: text,
  ...bytes,
  companions: v.exactOptional(v.array(companion)),
})
const meeting = v.object({
  kind: v.picklist(['midweek', 'weekend']),
  day,
  state: v.picklist(['found', 'none-this-week', 'not-published', 'not-here']),
})
const publishedWeek = v.object({
  version: v.literal(1),
  week: day,
  items: v.array(item),
  meetings: v.array(meeting),
})

/** The list of a week that somebody published, or undefined when it is none. */
export function parsePublishedWeek(source: string): PublishedWeek | undefined {
  const result = v.safeParse(publishedWeek, parseJson(source))
  if (!result.success) return undefined
  const { week, items, meetings } = result.output
  return { week, items, meetings }
}

/** The text of a device's file: two spaces, so that people can read it. */
export function renderDeviceFile(value: DeviceFile): string {
  return JSON.stringify({ version: 1, ...value }, null, 2)
}

/** The congregation-wide settings; undefined when the text is no settings file. */
export function parseForced(source: string): ForcedFile | undefined {
  return readForced(parseJson(source))
}
