import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addDays, type Week } from '../../src/domain/day.ts'
import { defaultSettings, type Settings } from '../../src/domain/settings.ts'
import { systemClock } from '../../src/sync/clock.ts'
import type { Catalogue, Shelf } from '../../src/sync/ports.ts'
import { shelfOf } from '../../src/sync/shelf.ts'
import { carryOut } from '../../src/sync/steps.ts'
import { memoryStore } from '../doubles/memory-store.ts'

export const week: Week = '2026-11-16'

export const english: Settings = {
  ...defaultSettings,
  meetings: { midweek: 2, weekend: 5 },
  media: { ...defaultSettings.media, language: 'E' },
}

/** A shelf of a device that keeps all in memory. */
export function newShelf(catalogue: Catalogue): Shelf {
  const store = memoryStore()
  const ports = { store, clock: systemClock, catalogue }
  return shelfOf({ ...ports, worker: { run: carryOut.bind(undefined, ports) } }, 'north')
}

/** What every Catalogue promises about a week in which it has something for both meetings. */
export function catalogueContract(name: string, open: () => Catalogue): void {
  describe(`catalogue: ${name}`, () => {
    test('a week’s items are of its days, and nothing is twice on a day', async () => {
      const catalogue = open()
      const { items } = await catalogue.week(week, english, { shelf: newShelf(catalogue) })
      expect(items).not.toEqual([])
      for (const { day } of items) expect(day >= week && day < addDays(week, 7)).toBe(true)
      expect(new Set(items.map(({ day, id }) => `${day} ${id}`)).size).toBe(items.length)
      expect(new Set(items.map(({ day, name }) => `${day} ${name}`)).size).toBe(items.length)
    })

    test('the bytes of an item are what the catalogue says of them', async () => {
      const catalogue = open()
      const { items } = await catalogue.week(week, english, { shelf: newShelf(catalogue) })
      for (const { url, size, md5 } of items.filter((item) => /^https?:/.test(item.url))) {
        const { blob } = await catalogue.read(url)
        const bytes = Buffer.from(await blob.arrayBuffer())
        expect([bytes.length, createHash('md5').update(bytes).digest('hex')]).toEqual([size, md5])
      }
    })

    test('asked again it answers the same', async () => {
      const catalogue = open()
      const shelf = newShelf(catalogue)
      const known = await catalogue.week(week, english, { shelf })
      expect(await catalogue.week(week, english, { shelf, known })).toEqual(known)
    })
  })
}
