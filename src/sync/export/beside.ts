import { dayPlaylist, dayPlaylistName } from '../../domain/day-playlist.ts'
import type { Day } from '../../domain/day.ts'
import { nameOf } from '../../domain/layout.ts'
import { kindOf, type ContentKey, type MediaKind } from '../../domain/media.ts'
import { isVisitOn, type MeetingTimes } from '../../domain/meeting.ts'
import { dayOfOutput } from '../../domain/output.ts'
import { sectionOrder, sectionOrderName } from '../../domain/section-order.ts'
import type { Settings } from '../../domain/settings.ts'
import { contentKey } from '../content-key.ts'
import type { Output } from './outputs.ts'

/** A small text of ours that goes with the media of a day. */
export type Beside = { readonly output: Output & { readonly key: ContentKey }; readonly body: Blob }

/** What other players find the media of each day by. */
export async function besideOutputs(
  outputs: readonly Output[],
  jworgPaths: ReadonlySet<string>,
  { media, meetings }: Pick<Settings, 'media' | 'meetings'>,
): Promise<readonly Beside[]> {
  const taken = new Set(outputs.map(({ path }) => path))
  const texts = playedDays(outputs).flatMap(({ day, files }) => [
    { path: `${day}/${sectionOrderName}`, text: orderOf({ day, files, jworgPaths, meetings }) },
    ...(media.hasPlaylists
      ? [{ path: `${day}/${dayPlaylistName(day)}`, text: playlistOf(day, files) }]
      : []),
  ])
  return Promise.all(texts.filter(({ path }) => !taken.has(path)).map(besideOf))
}

/** The days of which something is here, with what is played of them. */
function playedDays(outputs: readonly Output[]) {
  const played = outputs.filter(({ path }) => playedKinds.has(kindOf(path)))
  const days = new Set(played.filter(({ key }) => key).map(({ path }) => dayOfOutput(path)))
  return [...days].map((day) => ({
    day,
    files: played.filter(({ path }) => dayOfOutput(path) === day),
  }))
}

const playedKinds: ReadonlySet<MediaKind> = new Set(['picture', 'video', 'audio'])

type OrderedDay = {
  readonly day: Day
  readonly files: readonly Output[]
  readonly jworgPaths: ReadonlySet<string>
  readonly meetings: MeetingTimes
}

function orderOf({ day, files, jworgPaths, meetings }: OrderedDay): string {
  const ordered = files.map(({ path, of = path }) => ({
    fileName: nameOf(path),
    isJworg: jworgPaths.has(of),
  }))
  return sectionOrder(day, ordered, { isVisit: isVisitOn(day, meetings) })
}

function playlistOf(day: Day, files: readonly Output[]): string {
  return dayPlaylist(
    day,
    files.map(({ path }) => nameOf(path)),
  )
}

async function besideOf({ path, text }: { path: string; text: string }): Promise<Beside> {
  const body = new Blob([text])
  const key = await contentKey(body)
  return { output: { path, name: nameOf(path), size: body.size, key, isBeside: true }, body }
}
