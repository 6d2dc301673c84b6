/** The middle one of an odd number of measurements. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`
}

/** The median and all runs: `1.90 s (1.88, 1.90, 2.10)`. */
export function spread(runs) {
  const all = runs.map((ms) => (ms / 1000).toFixed(2)).join(', ')
  return runs.length > 1 ? `${seconds(median(runs))} (${all})` : seconds(runs[0])
}

/** A row of the table; `figure` is judged by `bar`, at most unless `isAtLeast`. */
export function row({ what, lectern = '', other = '', figure, unit = '', bar, isAtLeast = false }) {
  const isMet = isAtLeast ? figure >= bar : figure <= bar
  return {
    what,
    lectern,
    other,
    figure: `${figure.toFixed(unit === '' ? 2 : 0)}${unit}`,
    bar: `${isAtLeast ? '≥' : '≤'} ${bar}${unit}`,
    verdict: isMet ? 'met' : 'MISSED',
  }
}

/** Lines up rows under their headings. */
export function tableOf(rows) {
  const names = ['what', 'lectern', 'other', 'figure', 'bar', 'verdict']
  const lines = [Object.fromEntries(names.map((name) => [name, name])), ...rows]
  const widths = names.map((name) => Math.max(...lines.map((line) => line[name].length)))
  return lines
    .map((line) =>
      names
        .map((name, index) => line[name].padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
