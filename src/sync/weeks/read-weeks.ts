import type { Week } from '../../domain/day.ts'
import { leavesOthersReadable, failureOf } from '../../domain/failure.ts'
import { weekPath } from '../../domain/layout.ts'
import { weeksOf, type Window } from '../../domain/meeting.ts'
import type { PublishedWeek } from '../../domain/published-week.ts'
import { parsePublishedWeek } from '../documents.ts'
import { inParallel, requestsAtOnce } from '../pool.ts'
import type { Clock, Remote, Store, StoredWeeks } from '../ports.ts'
import { digestOf, weekWords } from './words.ts'

type ReadPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type ReadOptions = {
  readonly profile: string
  readonly window: Window
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads the lists that others published for the weeks of the window, and lets go of those that count no longer. The
 * devices' files say what there is, so nothing is asked where nothing is new; a list that is not there yet, or another
 * one, is asked for at the next look.
 */
export async function readWeeks(
  { store, remote, clock }: ReadPorts,
  { profile, window, signal }: ReadOptions,
): Promise<void> {
  const known = (await store.document(profile, 'weeks')) ?? {}
  const { spoken } = await weekWords({ store, clock }, profile)
  const next: Record<string, StoredWeeks[string]> = {}
  await inParallel(weeksOf(window), requestsAtOnce, async (week) => {
    const last = await spoken(week)
    if (!last || last.isOwn) return
    const { digest, settings } = last.word
    const list = known[week]?.digest === digest ? known[week].list : await readWeek(week, digest)
    if (list) next[week] = { digest, settings, list }
  })
  if (JSON.stringify(next) !== JSON.stringify(known))
    await store.putDocument(profile, 'weeks', next)

  async function readWeek(week: Week, digest: string): Promise<PublishedWeek | undefined> {
    const text = await textAt(weekPath(week))
    if (text === undefined || (await digestOf(text)) !== digest) return undefined
    const list = parsePublishedWeek(text)
    return list?.week === week ? list : undefined
  }

  async function textAt(path: string): Promise<string | undefined> {
    try {
      return await (await remote.read(path, { signal })).blob.text()
    } catch (error) {
      if (!leavesOthersReadable(failureOf(error))) throw error
      return undefined
    }
  }
}
