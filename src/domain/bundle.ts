// Media that leaves Lectern by other ways than a media folder.
import { addDays, type Day, type Week } from './day.ts'
import { safeName } from './naming.ts'

/** What goes out together: a day, or what a week still has of them. */
export type BundleSpan = { readonly day: Day } | { readonly week: Week }

/** The name of a ZIP file: `Hall North 2026-11-18.zip`. Whoever has no name of its own is called by the app's. */
export function bundleName(congregation: string, span: BundleSpan): string {
  const days = 'day' in span ? span.day : `${span.week} - ${addDays(span.week, 6)}`
  const ending = ` ${days}.zip`
  // A long name gives way: the days tell one file from the next.
  const name = safeName(congregation).slice(0, longestName).trimEnd()
  return safeName((congregation.trim() ? name : 'Lectern') + ending)
}

const longestName = 50

/** What a share sheet takes at a time. */
export type ShareLimits = { readonly files: number; readonly bytes: number }

/** Chromium refuses more at a time (share_service_impl.cc); others do not say. */
export const carefulShare: ShareLimits = { files: 10, bytes: 50 * 1024 * 1024 }

/** The files in portions that a share sheet takes, in their order, and those of which each is too much by itself. */
export function portionsOf<T extends { readonly size: number }>(
  files: readonly T[],
  limits: ShareLimits,
): { readonly portions: readonly (readonly T[])[]; readonly tooBig: readonly T[] } {
  const portions: T[][] = []
  let bytes = 0
  for (const file of files.filter(({ size }) => size <= limits.bytes)) {
    const last = portions.at(-1)
    bytes += file.size
    if (last && last.length < limits.files && bytes <= limits.bytes) last.push(file)
    else {
      portions.push([file])
      bytes = file.size
    }
  }
  return { portions, tooBig: files.filter(({ size }) => size > limits.bytes) }
}
