import { describe, expect, test } from 'vitest'
import { readAskedPublication } from '../../../src/domain/publication-asked.ts'

function named(symbol: string, issue = 0) {
  return { name: { symbol, issue } }
}

describe('a VO who types a symbol', () => {
  test.each([
    ['lff', '', named('lff')],
    [' Lff ', '', named('lff')],
    ['es24', '', named('es24')],
    ['CO-pgm24', '', named('CO-pgm24')],
    ['w23.10', '', named('w', 20_231_000)],
    ['W2023.10', '', named('w', 20_231_000)],
    ['g98/1', '', named('g', 19_980_100)],
    ['mwb26.11', '', named('mwb', 20_261_100)],
    ['w', '2023-10', named('w', 20_231_000)],
    ['w', '202310', named('w', 20_231_000)],
    ['w', '20231000', named('w', 20_231_000)],
    ['w', '20080115', named('w', 20_080_115)],
    ['w', '10/2023', named('w', 20_231_000)],
    ['wp', '23.2', named('wp', 20_230_200)],
  ])('“%s” and “%s” means that publication', (symbol, issue, meant) => {
    expect(readAskedPublication(symbol, issue)).toEqual(meant)
  })

  test.each([
    ['', '', 'symbol'],
    ['der Wachtturm', '', 'symbol'],
    ['../etc', '', 'symbol'],
    ['12', '', 'symbol'],
    ['w', '', 'issue-needed'],
    ['MWB', ' ', 'issue-needed'],
    ['w', 'October', 'issue'],
    ['w', '2023-13', 'issue'],
    ['w23.0', '', 'issue'],
    ['w', '20231099', 'issue'],
  ])('“%s” and “%s” hears what is wrong: %s', (symbol, issue, wrong) => {
    expect(readAskedPublication(symbol, issue)).toEqual({ wrong })
  })
})
