import { addDays, type Day } from './day.ts'
import type { Failure } from './failure.ts'
import type { ContentKey } from './media.ts'
import { foldName } from './naming.ts'
import {
  hasBytes,
  hasContent,
  isAsRemembered,
  isOurs,
  refreshedRow,
  writtenRow,
  type FolderIndex,
  type IndexRow,
  type StandingFile,
} from './output-index.ts'
import { dayOfOutput } from './output.ts'

/** A file the folder is to hold; without a key its bytes are not on this device. */
export type WantedOutput = {
  /** It is for every meeting: a file of its day that bears its name would be shown in its place. */
  readonly isRecurring?: boolean
  readonly path: string
  readonly name: string
  readonly size: number
  readonly key?: ContentKey | undefined
}

/** `instead` is a file of ours whose name differs by case only: many disks cannot hold both, so it goes first. */
export type OutputWrite = {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly key: ContentKey
  readonly as: 'new' | 'replaced'
  readonly before: { readonly size: number; readonly modified: number }
  readonly instead?: string
}

export type FailedOutput = { readonly path: string; readonly failure: Failure }

/** What an export must do; `index` is what is true before any of it is done. */
export type ExportPlan = {
  readonly writes: readonly OutputWrite[]
  readonly removals: readonly string[]
  readonly unchanged: readonly string[]
  readonly failed: readonly FailedOutput[]
  readonly index: FolderIndex
}

/** What is remembered, what stands on disk, and what is to stand there. */
type Sight = {
  readonly index: FolderIndex
  readonly standing: readonly StandingFile[]
  readonly wanted: readonly WantedOutput[]
}

type Verdict =
  | { readonly do: 'write'; readonly write: OutputWrite }
  | { readonly do: 'leave'; readonly row?: IndexRow }
  | { readonly do: 'fail'; readonly failure: Failure }

const keptPastDays = 14

/**
 * `keep` is true for paths that are not removed: the days they belong to may not be known fully. What an `isUnread` day has
 * of its own is not known: what Lectern wrote there before is not replaced by what is for every meeting.
 */
type PlanOptions = {
  readonly today: Day
  readonly keep?: ((path: string) => boolean) | undefined
  readonly isUnread?: ((day: Day) => boolean) | undefined
}

/**
 * The steps from what stands to what is wanted. Only what Lectern wrote and nobody changed since is replaced or removed;
 * what somebody else put there stays, and counts as unchanged where it has the wanted bytes.
 */
export function planExport(sight: Sight, { today, keep, isUnread }: PlanOptions): ExportPlan {
  const find = finder(sight.standing)
  const verdicts = new Map(
    sight.wanted.map((want) => {
      const verdict = judge(want, find, sight)
      const stays = want.isRecurring && isReplacement(verdict) && isUnread?.(dayOfOutput(want.path))
      return [want.path, stays ? leave : verdict]
    }),
  )
  const writes = [...verdicts.values()].flatMap((verdict) =>
    verdict.do === 'write' ? [verdict.write] : [],
  )
  const outgoing = outgoingRows(sight, find)
  const isDue = (day: Day) => day >= today || addDays(day, keptPastDays) < today
  return {
    writes,
    removals: outgoing
      .filter(({ path, mayGo }) => mayGo && isDue(dayOfOutput(path)) && !keep?.(path))
      .map(({ path }) => path),
    unchanged: [...verdicts].filter(([, verdict]) => verdict.do === 'leave').map(([path]) => path),
    failed: [...verdicts].flatMap(([path, verdict]) =>
      verdict.do === 'fail' ? [{ path, failure: verdict.failure }] : [],
    ),
    index: new Map([
      ...rowsOfWanted(verdicts, sight),
      ...outgoing.map(({ path, row }) => [path, row] as const),
    ]),
  }
}

/** The files whose bytes must be looked at before anything can be planned, each with the keys they may have. */
export function openQuestions({ index, standing, wanted }: Sight): Map<string, ContentKey[]> {
  const find = finder(standing)
  const wants = new Map(wanted.map((want) => [want.path, want]))
  const questions = new Map<string, ContentKey[]>()
  for (const path of new Set([...wants.keys(), ...index.keys()])) {
    const file = find(path)
    const keys = file ? doubtfulKeys(file, index.get(path), wants.get(path)) : []
    if (file && keys.length > 0) {
      questions.set(file.path, [...new Set([...(questions.get(file.path) ?? []), ...keys])])
    }
  }
  return questions
}

function doubtfulKeys(file: StandingFile, row?: IndexRow, want?: WantedOutput): ContentKey[] {
  if (row?.state === 'written' && isAsRemembered(row, file)) return []
  const mayBeOurs = row && (row.state === 'writing' || row.size === file.size)
  const mayBeWanted = want?.key && want.size === file.size
  const ours = mayBeOurs ? [row.key, ...(row.was ? [row.was] : [])] : []
  return [...ours, ...(mayBeWanted ? [want.key] : [])]
}

type Find = (path: string) => StandingFile | undefined

// Some disks keep names in another case or Unicode form than they were given: what folds alike is the same file there.
function finder(standing: readonly StandingFile[]): Find {
  const exact = new Map(standing.map((file) => [file.path, file]))
  const folded = new Map(standing.map((file) => [foldName(file.path), file]))
  return (path) => exact.get(path) ?? folded.get(foldName(path))
}

function judge(want: WantedOutput, find: Find, { index, wanted }: Sight): Verdict {
  const { path, name, size, key } = want
  if (!key) return { do: 'fail', failure: { kind: 'not-stored', name } }
  const write = (write: Pick<OutputWrite, 'as' | 'before' | 'instead'>): Verdict => ({
    do: 'write',
    write: { path, name, size, key, ...write },
  })
  const file = find(path)
  if (!file) return write({ as: 'new', before: nothing })
  const twin = file.path === path ? undefined : index.get(file.path)
  if (twin && isOurs(twin, file) && !wanted.some((other) => other.path === file.path)) {
    return write({ as: 'new', before: nothing, instead: file.path })
  }
  const row = index.get(path)
  if (row && isOurs(row, file)) {
    if (hasBytes(row, file, key)) return { do: 'leave', row: writtenRow(key, file) }
    return write({ as: row.size > 0 ? 'replaced' : 'new', before: file })
  }
  if (!file.content) return { do: 'fail', failure: { kind: 'file-busy', path } }
  if (!hasContent(file, key)) return { do: 'fail', failure: { kind: 'foreign-file', path } }
  return { do: 'leave', ...(row && { row: writtenRow(key, file) }) }
}

const nothing = { size: 0, modified: 0 }

const leave: Verdict = { do: 'leave' }

function isReplacement(verdict: Verdict): boolean {
  return verdict.do === 'write' && verdict.write.as === 'replaced'
}

function rowsOfWanted(verdicts: ReadonlyMap<string, Verdict>, { index }: Sight) {
  return [...verdicts].flatMap(([path, verdict]): [string, IndexRow][] => {
    const row = (verdict.do === 'leave' ? verdict.row : undefined) ?? index.get(path)
    return row ? [[path, row]] : []
  })
}

type Outgoing = { readonly path: string; readonly row: IndexRow; readonly mayGo: boolean }

// Rows that nobody wants any more and that still tell the truth; a file that is gone or changed is no longer ours.
function outgoingRows({ index, standing, wanted }: Sight, find: Find): Outgoing[] {
  const paths = new Set(wanted.map(({ path }) => path))
  const folds = new Set(wanted.map(({ path }) => foldName(path)))
  const exact = new Set(standing.map(({ path }) => path))
  const isTwin = (path: string) => folds.has(foldName(path))
  return [...index].flatMap(([path, row]): Outgoing[] => {
    const file = find(path)
    if (paths.has(path) || !file || (isTwin(path) && !exact.has(path))) return []
    if (isOurs(row, file)) {
      const isAlone =
        !isTwin(path) ||
        [...paths].some((other) => exact.has(other) && foldName(other) === foldName(path))
      return [{ path, row: refreshedRow(row, file), mayGo: isAlone }]
    }
    return file.content ? [] : [{ path, row, mayGo: false }]
  })
}
