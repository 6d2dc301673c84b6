import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundleName, carefulShare, portionsOf } from '../../../src/domain/bundle.ts'
import { safeName } from '../../../src/domain/naming.ts'

describe('the name of a ZIP file', () => {
  test('tells whose it is, and of which days', () => {
    expect(bundleName('Hall North', { day: '2026-11-18' })).toBe('Hall North 2026-11-18.zip')
    expect(bundleName('Hall North', { week: '2026-11-16' })).toBe(
      'Hall North 2026-11-16 - 2026-11-22.zip',
    )
    expect(bundleName(' ', { day: '2026-11-18' })).toBe('Lectern 2026-11-18.zip')
  })

  test('is safe on every system whatever the congregation is called, and never loses its day', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (congregation) => {
        const name = bundleName(congregation, { week: '2026-11-16' })
        expect(safeName(name)).toBe(name)
        expect(name).toMatch(/ 2026-11-16 - 2026-11-22\.zip$/)
      }),
    )
  })
})

describe('what is shared', () => {
  const anyFiles = fc.array(fc.record({ size: fc.nat(120) }), { maxLength: 60 })
  const limits = { files: 4, bytes: 100 }

  test('goes in portions that the sheet takes, in order, without losing a file', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const { portions, tooBig } = portionsOf(files, limits)
        for (const portion of portions) {
          expect(portion.length).toBeGreaterThan(0)
          expect(portion.length).toBeLessThanOrEqual(limits.files)
          expect(portion.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(limits.bytes)
        }
        expect(portions.flat()).toEqual(files.filter(({ size }) => size <= limits.bytes))
        expect(tooBig).toEqual(files.filter(({ size }) => size > limits.bytes))
      }),
    )
  })

  test('goes at once where it is little', () => {
    const files = Array.from({ length: 10 }, () => ({ size: 5_000_000 }))
    expect(portionsOf(files, carefulShare).portions).toHaveLength(1)
  })
})
