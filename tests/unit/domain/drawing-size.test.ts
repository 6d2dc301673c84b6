import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawingInSize, drawingSize } from '../../../src/domain/drawing-size.ts'

describe('how large a drawing is', () => {
  test.each([
    ['<svg width="200" height="100">', { width: 200, height: 100 }],
    ["<svg height='1in' width='72pt'>", { width: 96, height: 96 }],
    ['<svg viewBox="0 0 40 30">', { width: 40, height: 30 }],
    ['<svg viewBox="-5,-5,40,30" width="100%" height="100%">', { width: 40, height: 30 }],
    ['<svg viewBox="0 0 40 30" width="80">', { width: 80, height: 60 }],
    ['<svg viewBox="0 0 40 30" height="15px">', { width: 20, height: 15 }],
    ['<svg>', { width: 300, height: 150 }],
    ['<svg viewBox="0 0 0 0">', { width: 300, height: 150 }],
    ['<svg width="100000px" height="100000px">', { width: 100_000, height: 100_000 }],
    [
      '<?xml version="1.0"?><!-- <svg width="1" height="1"> --><s:svg width="9" height="8">',
      { width: 9, height: 8 },
    ],
    ['<svg data-note="a > b" width="9" height="8">', { width: 9, height: 8 }],
    ['a text', undefined],
  ])('%s', (svg, size) => {
    expect(drawingSize(svg)).toEqual(size)
  })
})

describe('a drawing in another size', () => {
  test('keeps its shape: what it said of itself becomes its view', () => {
    expect(
      drawingInSize('<svg width="200" height="100"><g/></svg>', { width: 4320, height: 2160 }),
    ).toBe('<svg width="4320" height="2160" viewBox="0 0 200 100"><g/></svg>')
    expect(drawingInSize('<svg viewBox="0 0 4 3"/>', { width: 2880, height: 2160 })).toBe(
      '<svg viewBox="0 0 4 3" width="2880" height="2160"/>',
    )
  })

  test('is not said to be of letters that it is no longer of', () => {
    const svg = '<?xml version="1.0" encoding="iso-8859-1"?><svg width="2" height="1"></svg>'
    expect(drawingInSize(svg, { width: 4, height: 2 })).toMatch(/^<svg /)
  })

  test('has the size that was asked for, whatever it was', () => {
    const side = fc.integer({ min: 1, max: 20_000 })
    const texts = fc.constantFrom(
      '',
      ' width="7"',
      ' height="50%"',
      ' viewBox="0 0 3 2"',
      ' x="$1"',
    )
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 3 }), side, side, (attributes, width, height) => {
        const svg = `<svg${[...new Set(attributes)].join('')}><rect/></svg>`
        const sized = drawingInSize(svg, { width, height }) ?? ''
        expect(drawingSize(sized)).toEqual({ width, height })
        expect(sized.endsWith('<rect/></svg>')).toBe(true)
      }),
    )
  })
})
