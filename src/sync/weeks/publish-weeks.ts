import type { Day } from '../../domain/day.ts'
import { weekPath, weeksFolder } from '../../domain/layout.ts'
import type { WeekWord } from '../../domain/published-week.ts'
import { patient } from '../patience.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import { tellingReaders } from '../publish/access.ts'
import { putOwnFile, putWhole, recallOwnFile } from '../publish/own-file.ts'
import { ownJournal } from '../publish/own-journal.ts'
import type { RunPorts } from '../publish/insist.ts'
import { keepChanges, workingCopy } from '../publish/working-copy.ts'
import type { DueWeek } from './due-weeks.ts'
import type { SharedPicture } from './shared-pictures.ts'

type PublishPorts = { readonly store: Store; readonly clock: Clock; readonly remote: Remote }

type PublishOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/** Publishes lists of weeks, each whole or not at all, and says so in this device's file. */
export async function publishWeeks(
  { store, clock, remote: asked }: PublishPorts,
  due: readonly DueWeek[],
  { profile, signal }: PublishOptions,
): Promise<void> {
  const remote = patient(tellingReaders(asked, signal), { clock, signal })
  const copy = workingCopy(remote, signal)
  const run = { store, clock, remote, copy }
  await copy.see('')
  await recallOwnFile(run, { profile, signal })
  const { id } = await store.device()
  for (const { week, text, pictures } of due) {
    await putPictures(run, pictures, { signal })
    const body = new Blob([text], { type: 'application/json' })
    await putWhole(run, { body, id: `${id}-week`, to: weekPath(week) }, { signal })
  }
  const own = await ownJournal(store, profile)
  const said = { ...own.weeks, ...Object.fromEntries(due.map(({ week, word }) => [week, word])) }
  await store.putDocument(profile, 'ownJournal', { ...own, weeks: since(clock.today(), said) })
  await putOwnFile(run, { profile, signal })
  await keepChanges(store, profile, copy)
}

// Puts those there that are not there yet.
async function putPictures(
  run: RunPorts & { readonly store: Store },
  pictures: readonly SharedPicture[],
  { signal }: Pick<PublishOptions, 'signal'>,
): Promise<void> {
  const { copy, store } = run
  if (pictures.length > 0) await copy.see(weeksFolder)
  for (const { path, md5, key } of pictures) {
    const body = copy.at(path) ? undefined : await store.blob(key)
    if (body) await putWhole(run, { body, id: `${md5}-week`, to: path }, { signal })
  }
}

// A week that is over for two weeks is of interest to nobody.
function since(today: Day, words: Readonly<Record<string, WeekWord>>) {
  const oldest = Date.parse(today) - 21 * 86_400_000
  return Object.fromEntries(Object.entries(words).filter(([week]) => Date.parse(week) >= oldest))
}
