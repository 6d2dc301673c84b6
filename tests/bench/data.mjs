// Sync folders to measure with: random bytes, on days that an update looks after.
import { randomFillSync } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const pieceBytes = 8 * 1024 * 1024

/** Days from today on, as their folders are called. */
function daysFromToday(count) {
  const now = new Date()
  return Array.from({ length: count }, (_, index) => {
    const noon = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + index, 12))
    return noon.toISOString().slice(0, 10)
  })
}

/** Fills a sync folder: `files` of `bytes` each, spread evenly over `days`. */
export async function writeMedia(folder, { days, files, bytes }) {
  const folders = daysFromToday(days)
  for (let index = 0; index < files; index += 1) {
    const name = `Media ${String(index).padStart(4, '0')}.mp4`
    await writeRandom(join(folder, 'Media', folders[index % days], name), bytes)
  }
}

async function writeRandom(path, bytes) {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'w')
  for (let left = bytes; left > 0; left -= pieceBytes) {
    await file.write(randomFillSync(Buffer.alloc(Math.min(left, pieceBytes))))
  }
  await file.close()
}
