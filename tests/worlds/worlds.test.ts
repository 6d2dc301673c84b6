import fc from 'fast-check'
import { expect, test } from 'vitest'
import { live } from './live.ts'
import { steady } from './steady.ts'
import { anyWorld } from './any-world.ts'

const worlds = Number(process.env['WORLDS'] ?? 200)
// The same worlds each time, so that whoever changes something else is not stopped by a new find; `npm run soak` looks
// for those.
const seed = Number(process.env['SEED'] ?? 1)

const isBroken = process.env['MUTANT'] !== undefined

steady()

test(`in ${worlds} random worlds no promise is broken`, { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const { violations, story } = await live(world)
      expect(violations, `\n${story.join('\n')}\n`).toEqual([])
    }),
    // What a broken engine does wrong needs no short story.
    { numRuns: worlds, seed, endOnFailure: isBroken },
  )
})
