import type { ContentKey } from '../domain/media.ts'

/** 8 MiB: content is hashed slice by slice, so that one slice at a time is in memory and a broken download can go on. */
export const sliceBytes = 8 * 1024 * 1024

/** Names bytes: SHA-256 over the SHA-256 of their 8 MiB slices; where one slice holds all, simply its SHA-256. */
export async function contentKey(blob: Blob): Promise<ContentKey> {
  return keyOfSlices(await sliceHashes(blob))
}

/**
 * The SHA-256 of each 8 MiB slice, in order; none of an empty blob. The hashes of consecutive parts, each but the last
 * a multiple of 8 MiB long, are the hashes of the whole.
 */
export async function sliceHashes(blob: Blob): Promise<Uint8Array<ArrayBuffer>[]> {
  const hashes: Uint8Array<ArrayBuffer>[] = []
  for (let from = 0; from < blob.size; from += sliceBytes) {
    hashes.push(await sha256(await sliceAt(blob, from).arrayBuffer()))
  }
  return hashes
}

// Chromium asks another process for each slice and waits: for small files that takes longer than hashing them.
function sliceAt(blob: Blob, from: number): Blob {
  return blob.size <= sliceBytes ? blob : blob.slice(from, from + sliceBytes)
}

/** The content key of the bytes whose slices hash to these, in order. */
export async function keyOfSlices(hashes: readonly Uint8Array[]): Promise<ContentKey> {
  const [only] = hashes
  return `sha256-${hex(only && hashes.length === 1 ? only : await sha256(joined(hashes)))}`
}

async function sha256(bytes: BufferSource): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

function joined(hashes: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hashes.flatMap((hash) => [...hash]))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
