// npm run soak -- --worlds N [--seed S]: lives through many random worlds, on all cores.
// npm run mutants [-- --worlds N]: breaks the engine in each known way; the worlds must notice.
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { breaking, mutants } from './mutants.mjs'

const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    seed: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

const root = new URL('../..', import.meta.url).pathname
const lanes = availableParallelism()
const worldsInChunk = 500
const chunksBetweenSigns = 20

/** Builds the worlds, with the engine broken where a mutant is named, and works with what runs a chunk of them. */
async function withLane(mutant, work) {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-worlds-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: mutant ? [breaking(mutant)] : [],
    ssr: { noExternal: true },
    build: { ssr: 'tests/worlds/lane.ts', outDir: folder, minify: false, target: 'node20' },
  })
  const lane = fork(join(folder, 'lane.js'))
  try {
    return await work((chunk) => answerOf(lane, chunk))
  } finally {
    lane.kill()
    await rm(folder, { recursive: true })
  }
}

function answerOf(lane, chunk) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('a lane ended'))
    lane.once('exit', fail)
    lane.once('message', ({ broken }) => {
      lane.off('exit', fail)
      resolve(broken)
    })
    lane.send(chunk)
  })
}

async function soak() {
  const worlds = Number(values.worlds ?? 1_000)
  const first = Number(values.seed ?? Date.now() % 1_000_000)
  const seeds = Array.from({ length: Math.ceil(worlds / worldsInChunk) }, (_, at) => first + at)
  const waiting = seeds.values()
  const startedAt = Date.now()
  let done = 0
  let finds = 0
  const work = async (run) => {
    for (const seed of waiting) {
      const size = Math.min(worldsInChunk, worlds - (seed - first) * worldsInChunk)
      const broken = await run({ worlds: size, seed, isBrief: false })
      done += size
      if (done % (chunksBetweenSigns * worldsInChunk) === 0) console.log(`${done} worlds lived`)
      if (!broken) continue
      finds += 1
      console.log(`after ${done} worlds, seed ${seed}:\n${broken}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, () => withLane(undefined, work)))
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  const sum = finds === 0 ? 'no promise was broken' : `promises were broken in ${finds} chunks`
  console.log(`${worlds} worlds from seed ${first} in ${seconds} s: ${sum}`)
  return finds === 0
}

/** After how many worlds at most the mutant was noticed; undefined where it was not. */
async function noticed(run, { worlds, first, isSound }) {
  for (let at = 0; at < worlds; at += worldsInChunk) {
    const chunk = { worlds: worldsInChunk, seed: first + at / worldsInChunk, isBrief: true }
    const broken = await run(chunk)
    // A find in the engine as it is says nothing about the mutant.
    if (broken && (await isSound(chunk)))
      return { worlds: at + Number(/after (\d+) tests/.exec(broken)?.[1]), broken }
  }
  return undefined
}

/** Tells, once for each chunk, whether the engine as it is breaks no promise there. */
function soundness(run) {
  const known = new Map()
  let last = Promise.resolve()
  return (chunk) => {
    if (!known.has(chunk.seed)) {
      last = last.then(() => run(chunk)).then((broken) => broken === undefined)
      known.set(chunk.seed, last)
    }
    return known.get(chunk.seed)
  }
}

function lastLine(text) {
  return text.trim().split('\n').at(-1)?.slice(0, 120)
}

async function breakAll(soundRun) {
  const wanted = mutants.filter(({ name }) => name.includes(values.only ?? ''))
  const waiting = wanted.values()
  const missed = []
  const options = {
    worlds: Number(values.worlds ?? 3_000),
    first: Number(values.seed ?? 1),
    isSound: soundness(soundRun),
  }
  const lane = async () => {
    for (const { name } of waiting) {
      const found = await withLane(name, (run) => noticed(run, options))
      console.log(
        found
          ? `noticed after ${found.worlds} worlds: ${name}\n  ${lastLine(found.broken)}`
          : `NOT NOTICED: ${name}`,
      )
      if (!found) missed.push(name)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  console.log(`${wanted.length - missed.length} of ${wanted.length} were noticed`)
  return missed.length === 0
}

process.exitCode = (await (values.mutants ? withLane(undefined, breakAll) : soak())) ? 0 : 1
