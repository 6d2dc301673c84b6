// npm run soak -- --worlds N [--seed S]: lives through many random worlds, on all cores.
// npm run mutants [-- --worlds N]: breaks the engine in each known way; the worlds must notice.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { mutants } from './mutants.mjs'

const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    seed: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
})

/** Runs the worlds in a process of their own; answers whether no promise was broken, and what was printed. */
function live(env) {
  const command = [
    '--no-install',
    'vitest',
    'run',
    '-c',
    'tests/vitest.config.ts',
    '--project=worlds',
  ]
  const child = spawn('npx', command, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pieces = []
  child.stdout.on('data', (piece) => pieces.push(piece))
  child.stderr.on('data', (piece) => pieces.push(piece))
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve({ isWhole: status === 0, text: Buffer.concat(pieces).toString() })
    })
  })
}

async function soak() {
  const worlds = Number(values.worlds ?? 1_000)
  const first = Number(values.seed ?? Date.now() % 1_000_000)
  const lanes = Math.min(availableParallelism(), worlds)
  const startedAt = Date.now()
  const runs = Array.from({ length: lanes }, (_, lane) =>
    live({ WORLDS: String(Math.ceil(worlds / lanes)), SEED: String(first + lane) }),
  )
  const results = await Promise.all(runs)
  for (const { isWhole, text } of results) if (!isWhole) console.log(text)
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  const isWhole = results.every((result) => result.isWhole)
  console.log(
    `${worlds} worlds from seed ${first} in ${seconds} s: ${isWhole ? 'no promise was broken' : 'promises were broken'}`,
  )
  return isWhole
}

async function breakAll() {
  const waiting = mutants.values()
  const missed = []
  const lane = async () => {
    for (const { name } of waiting) {
      const { text } = await live({
        WORLDS: values.worlds ?? '1000',
        SEED: values.seed ?? '1',
        MUTANT: name,
      })
      const found = /Property failed after (\d+) tests/.exec(text)?.[1]
      console.log(
        found
          ? `noticed after ${found} worlds: ${name}`
          : `NOT NOTICED: ${name}\n${text.slice(-500)}`,
      )
      if (!found) missed.push(name)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  console.log(`${mutants.length - missed.length} of ${mutants.length} were noticed`)
  return missed.length === 0
}

process.exitCode = (await (values.mutants ? breakAll() : soak())) ? 0 : 1
