import fc from 'fast-check'
import { anyWorld } from './any-world.ts'
import { live } from './live.ts'

type Options = {
  readonly worlds: number
  readonly seed: number
  /** Tells the first broken promise as it is, instead of looking for the shortest story that breaks it. */
  readonly isBrief?: boolean
}

/** Lives through random worlds; rejects with the story of one in which a promise is broken. */
export async function liveThrough({ worlds, seed, isBrief = false }: Options): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const { violations, story } = await live(world)
      if (violations.length > 0) throw new Error(`\n${[...story, '', ...violations].join('\n')}\n`)
    }),
    { numRuns: worlds, seed, endOnFailure: isBrief },
  )
}
