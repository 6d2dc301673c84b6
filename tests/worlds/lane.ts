// One lane of soak.mjs: it is sent seeds, lives through a chunk of worlds for each, and answers what was broken.
import { liveThrough } from './many-worlds.ts'
import { steady } from './steady.ts'

type Chunk = { readonly worlds: number; readonly seed: number; readonly isBrief: boolean }

steady()

process.on('message', (chunk: Chunk) => {
  void run(chunk).then((broken) => process.send?.({ broken }))
})

// Whoever sent the seeds was stopped: nobody waits for what is under way.
process.once('disconnect', () => process.exit())

async function run(chunk: Chunk): Promise<string | undefined> {
  try {
    await liveThrough(chunk)
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.message}\n${String(error.cause)}` : String(error)
  }
}
