import type { CuratedDay } from '../../domain/media.ts'
import { outputFiles } from '../../domain/output.ts'
import type { Exported } from '../ports.ts'
import type { ExportReceipt } from './export.ts'

/** What the media folder holds of the days after an export, as far as nothing failed. */
export function exportedOf(days: readonly CuratedDay[], { failed }: ExportReceipt): Exported {
  const missing = new Set(failed.map(({ path }) => path))
  return Object.fromEntries(
    outputFiles(days).flatMap(({ path, file }) =>
      file.key === undefined || missing.has(path) ? [] : [[path, file.key] as const],
    ),
  )
}
