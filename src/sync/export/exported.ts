import type { CuratedDay } from '../../domain/media.ts'
import { outputFiles } from '../../domain/output.ts'
import type { Exported } from '../ports.ts'
import type { ExportReceipt } from './export-receipt.ts'

/** What the media folder holds of the days after an export, in whatever form, as far as nothing failed. */
export function exportedOf(
  days: readonly CuratedDay[],
  { here }: Pick<ExportReceipt, 'here'>,
): Exported {
  const paths = new Set(here)
  return Object.fromEntries(
    outputFiles(days).flatMap(({ path, file }) =>
      file.key === undefined || !paths.has(path) ? [] : [[path, file.key] as const],
    ),
  )
}
