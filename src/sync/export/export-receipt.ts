import type { FailedOutput, OutputWrite } from '../../domain/export-plan.ts'
import { compareText } from '../../domain/naming.ts'
import { isBesidePath } from '../../domain/output.ts'
import type { Prepared } from './outputs.ts'

/**
 * What an export did with media, by path: what is wanted is in exactly one of new, replaced, unchanged and failed. Among
 * the failed are besides what could not be made, and what goes with the media; `here` are the paths of the items' own
 * files of which all that is to be in the folder is there, under whatever names.
 */
export type ExportReceipt = {
  readonly here: readonly string[]
  readonly new: readonly string[]
  readonly replaced: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
  readonly failed: readonly FailedOutput[]
}

/** What came of an export, the lists beside the media included. */
type Outcome = {
  readonly done: readonly OutputWrite[]
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
  readonly failed: readonly FailedOutput[]
}

/** Says what an export did; the lists beside the media count only where they failed. */
export function exportReceipt(
  prepared: Prepared,
  { done, removed, unchanged, failed }: Outcome,
): ExportReceipt {
  const media = (paths: readonly string[]) =>
    paths.filter((path) => !isBesidePath(path)).sort(compareText)
  const written = (as: OutputWrite['as']) =>
    media(done.filter((write) => write.as === as).map(({ path }) => path))
  return {
    here: pathsHere(prepared, failed),
    new: written('new'),
    replaced: written('replaced'),
    removed: media(removed),
    unchanged: media(unchanged),
    failed: [...failed, ...prepared.failed].sort((a, b) => compareText(a.path, b.path)),
  }
}

function pathsHere({ outputs }: Prepared, failed: readonly FailedOutput[]): readonly string[] {
  const missing = new Set(failed.map(({ path }) => path))
  const media = outputs.filter(({ isBeside }) => !isBeside)
  const lacking = new Set(
    media.filter(({ path }) => missing.has(path)).map(({ path, of = path }) => of),
  )
  return [...new Set(media.map(({ path, of = path }) => of))].filter((path) => !lacking.has(path))
}
