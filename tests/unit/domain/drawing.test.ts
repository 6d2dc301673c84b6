import { describe, expect, test } from 'vitest'
import { markupOf } from '../../../src/domain/drawing.ts'

const drawn = (inside: string, before = '') =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inside}</svg>`

describe('a drawing that is only a drawing may be added', () => {
  test.each([
    '<path d="M0 0h10"/>',
    '<style><![CDATA[.a{fill:url(#b)}]]></style><rect class="a"/>',
    '<use xlink:href="#part"/><a href="#there"><circle r="3"/></a>',
    '<image href="data:image/png;base64,iVBORw0KGgo="/>',
    '<text>Based on the talk, once and for all</text>',
    '<metadata><cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/></metadata>',
  ])('%s', (inside) => {
    expect(markupOf(drawn(inside))).toBe('drawing')
  })

  test('whatever stands before its first tag', () => {
    const before = '\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n'
    expect(markupOf(drawn('', before))).toBe('drawing')
    expect(markupOf(`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">${drawn('')}`)).toBe(
      'drawing',
    )
    expect(markupOf('<a:svg xmlns:a="http://www.w3.org/2000/svg"/>')).toBe('drawing')
  })
})

describe('a drawing that could run or fetch something is refused', () => {
  test.each([
    '<script>alert(1)</script>',
    '<a:script>alert(1)</a:script>',
    '<SCRIPT href="x.js"/>',
    '<rect onclick="alert(1)"/>',
    '<rect fill="red"onload = "alert(1)"/>',
    '<foreignObject><p/></foreignObject>',
    '<iframe/>',
    '<a href="javascript:alert(1)"><path/></a>',
    '<a href="#" style="x:java\tscript:y"/>',
    '<set attributeName="href" to="&#106;avascript&colon;alert(1)"/>',
    '<image href="https://example.org/a.png"/>',
    "<image xlink:href='//example.org/a.png'/>",
    '<image href=a.png />',
    '<use href="other.svg#part"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<rect fill="url(https://example.org/#a)"/>',
    '<style>@import "https://example.org/a.css";</style>',
  ])('%s', (inside) => {
    expect(markupOf(drawn(inside))).toBe('drawing-with-program')
  })

  test.each([
    '<?xml-stylesheet href="a.xsl"?>',
    '<!DOCTYPE svg [<!ENTITY a "b">]>',
    '<?xml version="1.0" encoding="UTF-7"?>',
  ])('with %s before it', (before) => {
    expect(markupOf(drawn('', before))).toBe('drawing-with-program')
  })

  test('and so is one whose end nobody has seen', () => {
    expect(markupOf(drawn('').slice(0, 40), { isCut: true })).toBe('drawing-too-long')
  })
})

test.each(['Bring two microphones', '', '<', '< svg', '5 < 6 and <b', 'svg <svg>'])(
  'plain words are no markup: %s',
  (text) => {
    expect(markupOf(text)).toBeUndefined()
  },
)

test.each(['<!---->', '<style ', ' onaaaa', '<?xml ?>', '&#60;', 'href = ', 'url(  '])(
  'a long row of "%s" takes no longer than it is long',
  (piece) => {
    const text = drawn(piece.repeat(200_000))
    const begun = performance.now()
    markupOf(text)
    markupOf(piece.repeat(200_000))
    expect(performance.now() - begun).toBeLessThan(5_000)
  },
)
