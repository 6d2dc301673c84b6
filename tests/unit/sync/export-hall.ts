import type { Day } from '../../../src/domain/day.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import type { CuratedDay, CuratedItem } from '../../../src/domain/media.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { exportDays, type ExportOptions } from '../../../src/sync/export/export.ts'
import type { ExportReceipt } from '../../../src/sync/export/export-receipt.ts'
import { prepareOutputs } from '../../../src/sync/export/outputs.ts'
import { memoryFolder, type MemoryFolder } from '../../doubles/memory-folder.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

/** A day as the sync folder tells it, with the texts that its files hold. */
export type TextDay = CuratedDay & { readonly texts: Readonly<Record<string, string>> }

/** A day of additional items: texts by name, and the names that are hidden. */
export function curatedDay(
  day: Day,
  texts: Readonly<Record<string, string>>,
  hidden: readonly string[] = [],
): TextDay {
  const items = Object.keys(texts).map((name): CuratedItem => {
    const text = texts[name] ?? ''
    const size = text.length
    const version = { size, etag: text.slice(0, 40) }
    return {
      id: `additional:${name}`,
      name,
      fileName: name,
      origin: 'additional',
      source: { at: 'remote', path: `Media/${day}/${name}`, version },
      size,
      hiddenBy: hidden.includes(name) ? [name] : [],
    }
  })
  return { day, items, awaited: [], texts }
}

/** A PC in the hall: its store, its media folder, and the days it was told of. */
export type Hall = {
  readonly folder: MemoryFolder
  /** Days as they are now; their bytes are stored. Other days stay as they were told; no days at all forgets all. */
  readonly publish: (...days: readonly TextDay[]) => Promise<void>
  /** The bytes of an item are no longer here. */
  readonly forget: (day: Day, name: string) => Promise<void>
  readonly turnTo: (today: Day) => void
  readonly export: (options?: Partial<ExportOptions>) => Promise<ExportReceipt>
}

const profile = 'north'

/** A new hall; its clock stands two days before the meeting. */
export function hall(folder: MemoryFolder = memoryFolder()): Hall {
  const store = memoryStore()
  const told = new Map<string, TextDay>()
  let today: Day = '2026-11-18'
  return {
    folder,
    async publish(...days) {
      if (days.length === 0) told.clear()
      for (const day of days) {
        told.set(day.day, day)
        for (const { name, source } of day.items) {
          const body = new Blob([day.texts[name] ?? ''])
          if (source.at !== 'remote') continue
          const row = { ref: `remote:${source.path}`, version: source.version }
          const key = await contentKey(body)
          await store.putFiles(profile, [{ ...row, key }], [{ key, body }])
        }
      }
    },
    forget: (day, name) => store.dropFiles(profile, [`remote:Media/${day}/${name}`]),
    turnTo(day) {
      today = day
    },
    export: async (options = {}) => {
      const prepared = await prepareOutputs({ store }, [...told.values()], {
        profile,
        settings: defaultSettings,
      })
      return exportDays({ folder, store }, prepared, { today, ...options })
    },
  }
}
