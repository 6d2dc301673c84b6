import fc from 'fast-check'
import { expect, test } from 'vitest'
import { live } from './live.ts'
import { anyWorld } from './world.ts'

const worlds = Number(process.env['WORLDS'] ?? 200)
const seed = process.env['SEED']

test(`in ${worlds} random worlds no promise is broken`, { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const { violations, story } = await live(world)
      expect(violations, `\n${story.join('\n')}\n`).toEqual([])
    }),
    { numRuns: worlds, ...(seed !== undefined && { seed: Number(seed) }) },
  )
})
