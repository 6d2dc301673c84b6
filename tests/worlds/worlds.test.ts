import { test } from 'vitest'
import { liveThrough } from './many-worlds.ts'
import { steady } from './steady.ts'

// The same worlds each time, so that whoever changes something else is not stopped by a new find; `npm run soak` looks
// for those.
const worlds = 200
const seed = 1

test(`in ${worlds} random worlds no promise is broken`, { timeout: 600_000 }, async () => {
  steady()
  await liveThrough({ worlds, seed })
})
