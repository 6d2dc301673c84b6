import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayPlaylist } from '../../src/domain/day-playlist.ts'
import { safeName } from '../../src/domain/naming.ts'

// A browser's parser takes no XML that is not well-formed.
function parsed(names: readonly string[]): Document {
  return new DOMParser().parseFromString(dayPlaylist('2026-11-28', names), 'application/xml')
}

const raw = fc.string({ unit: 'binary', maxLength: 40 })

test('the list of a day is XML with every name, and leads to each file', () => {
  fc.assert(
    fc.property(fc.array(raw.map(safeName)), (names) => {
      const locations = [...parsed(names).querySelectorAll('track > location')]
      const base = 'file:///media/2026-11-28/2026-11-28.xspf'
      const paths = locations.map(({ textContent }) => new URL(textContent, base).pathname)
      expect(paths.map(decodeURIComponent)).toEqual(
        names.map((name) => `/media/2026-11-28/${name}`),
      )
    }),
  )
})

test('the list of a day is XML even with names that no disk takes', () => {
  fc.assert(
    fc.property(fc.array(raw), (names) => {
      expect(parsed(names).querySelector('parsererror')).toBeNull()
    }),
  )
})
