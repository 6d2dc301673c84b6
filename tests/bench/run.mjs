// node tests/bench/run.mjs [name …]: how fast the built app is, beside the yardsticks of docs/design.md, in one run on
// one machine. Figures are reported and never asserted: they depend on where they are taken.
import { spawnSync } from 'node:child_process'
import { convert } from './bars/convert.mjs'
import { pictures, small } from './bars/first-update.mjs'
import { jwpub } from './bars/jwpub.mjs'
import { nothingNew } from './bars/nothing-new.mjs'
import { videos } from './bars/videos.mjs'
import { tableOf } from './figures.mjs'
import { hasRclone } from './rclone.mjs'

const bars = { pictures, small, videos, 'nothing-new': nothingNew, jwpub, convert }

// These bring what they measure along: neither the built app nor a yardstick is needed.
const aloneBars = new Set(['jwpub'])

async function run(names) {
  const rows = []
  for (const name of names) {
    console.log(`measuring ${name} …`)
    rows.push(...(await bars[name]()))
  }
  console.log(`\n${tableOf(rows)}`)
}

function build() {
  return spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' }).status === 0
}

const asked = process.argv.slice(2)
const wanted = asked.length > 0 ? asked : Object.keys(bars)
const needsApp = wanted.some((name) => !aloneBars.has(name))
const strange = asked.filter((name) => !(name in bars))
if (strange.length > 0) {
  console.error(
    `No bar is called ${strange.join(', ')}. There are: ${Object.keys(bars).join(', ')}`,
  )
  process.exitCode = 2
} else if (needsApp && !hasRclone()) {
  console.error('rclone is needed to compare with.')
  process.exitCode = 2
} else if (needsApp && !build()) process.exitCode = 1
else await run(wanted)
