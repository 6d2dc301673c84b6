import * as v from 'valibot'
import type { Weekday } from '../../domain/day.ts'
import { Failed } from '../../domain/failure.ts'
import { meetingsOf, type MeetingTimes } from '../../domain/meeting.ts'
import type { Catalogue, RemoteBody } from '../../sync/ports.ts'

const index = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      meeting: v.picklist(['midweek', 'weekend']),
      name: v.string(),
      file: v.string(),
      size: v.number(),
      md5: v.string(),
    }),
  ),
})

// The sample's programme needs days to stand on, also before anybody has said when the congregation meets.
const sampleTimes: MeetingTimes = { midweek: 2 satisfies Weekday, weekend: 5 satisfies Weekday }

/**
 * A catalogue that offers the same small programme every week, from an index of the server's own; without a `base`
 * address it is empty. It stands where JW.org's catalogue will stand.
 */
export function catalogueFrom(base: string | undefined): Catalogue {
  return {
    async week(week, settings, { signal } = {}) {
      if (base === undefined) return { week, items: [] }
      const { blob } = await get(`${base}week.json`, signal ? { signal } : {})
      const { items } = parseIndex(await blob.text())
      const set = meetingsOf(week, settings.meetings)
      const meetings =
        set.length > 0 || settings.meetings.special ? set : meetingsOf(week, sampleTimes)
      return {
        week,
        items: meetings.flatMap(({ kind, day }) =>
          items
            .filter(({ meeting }) => meeting === kind)
            .map(({ id, name, file, size, md5 }) => ({
              id,
              day,
              name,
              url: base + file,
              size,
              md5,
            })),
        ),
      }
    },
    read: (url, { signal, range } = {}) =>
      get(url, {
        ...(signal && { signal }),
        ...(range && { headers: { Range: `bytes=${range.from}-${range.to - 1}` } }),
      }),
  }
}

function parseIndex(text: string): v.InferOutput<typeof index> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), index), text)
  if (!result.success) throw new Failed({ kind: 'bad-answer', path: 'week.json' })
  return result.output
}

async function get(url: string, init: RequestInit): Promise<RemoteBody> {
  try {
    const response = await fetch(url, {
      ...init,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    if (response.status === 404) throw new Failed({ kind: 'not-found', path: url })
    if (!response.ok) throw new Failed({ kind: 'server', status: response.status })
    return { blob: await response.blob(), isPartial: response.status === 206 }
  } catch (error) {
    if (error instanceof Failed || init.signal?.aborted) throw error
    throw new Failed({ kind: navigator.onLine ? 'unreachable' : 'offline' }, { cause: error })
  }
}
