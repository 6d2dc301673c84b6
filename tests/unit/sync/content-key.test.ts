import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentKey, keyOfSlices, sliceBytes, sliceHashes } from '../../../src/sync/content-key.ts'

// Bytes that differ from slice to slice, so that a slice in the wrong place is noticed.
const video = new Uint8Array(5 * sliceBytes + 4711)
for (let at = 0; at < video.length; at += 512) video[at] = (at / 512) % 251

function sha256(...pieces: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

const hexKey = (hash: Buffer) => `sha256-${hash.toString('hex')}`

describe('the content key', () => {
  test('of a picture is the SHA-256 that any tool shows', async () => {
    expect(await contentKey(new Blob(['abc']))).toBe(
      'sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(await contentKey(new Blob([]))).toBe(hexKey(sha256()))
  })

  test('of exactly one slice is still simply its SHA-256, of one byte more no longer', async () => {
    const [one, more] = [video.subarray(0, sliceBytes), video.subarray(0, sliceBytes + 1)]
    expect(await contentKey(new Blob([one]))).toBe(hexKey(sha256(one)))
    const slices = sha256(sha256(one), sha256(video.subarray(sliceBytes, sliceBytes + 1)))
    expect(await contentKey(new Blob([more]))).toBe(hexKey(slices))
  })

  test('of a video is the same however its download was broken into parts', async () => {
    const whole = await contentKey(new Blob([video]))
    const slices = Math.ceil(video.length / sliceBytes)
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: slices }), { maxLength: slices + 1 })
    const check = fc.asyncProperty(cuts, async (at) => {
      const ends = [...at.sort((a, b) => a - b).map((cut) => cut * sliceBytes), video.length]
      const parts = ends.map((end, index) => new Blob([video.subarray(ends[index - 1] ?? 0, end)]))
      const hashes = await Promise.all(parts.map(sliceHashes))
      expect(await keyOfSlices(hashes.flat())).toBe(whole)
    })
    await fc.assert(check, { numRuns: 12 })
  })

  test('of a video changes when two of its slices change places', async () => {
    const hashes = await sliceHashes(new Blob([video]))
    expect(await keyOfSlices([...hashes].reverse())).not.toBe(await keyOfSlices(hashes))
  })
})
