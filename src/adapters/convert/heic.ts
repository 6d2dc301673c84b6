import type { ConvertOptions, Converter } from '../../sync/convert/ports.ts'
import { canvasOf, encoded } from './canvas.ts'
import { notConverted } from './failed.ts'
import { isFromHeic } from './heic-messages.ts'
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url'
import workerUrl from './heic-worker.ts?worker&url'
import { startWorker, type TrustScript } from './start-worker.ts'

/** HEIC → JPEG: by the browser where it can, else by libheif in a worker of ours. */
export function heic(trust: TrustScript): Converter {
  return {
    label: 'heic',
    extension: 'jpg',
    accepts: (type) => type === 'image/heic',
    convert: async (blob, options) =>
      (await byBrowser(blob, options)) ??
      (await byWorker(blob, startWorker(workerUrl, trust), options)),
  }
}

// Safari alone shows such pictures.
async function byBrowser(blob: Blob, { signal }: ConvertOptions = {}): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(blob).catch(() => undefined)
  signal?.throwIfAborted()
  if (!bitmap) return undefined
  try {
    const painted = canvasOf(blob, bitmap)
    painted.context.drawImage(bitmap, 0, 0)
    return await encoded(painted, 'image/jpeg')
  } finally {
    bitmap.close()
  }
}

/** One worker for one picture: its memory goes with it, and ending it is the only way to stop it. */
async function byWorker(
  blob: Blob,
  worker: Worker,
  { signal, onStep }: ConvertOptions = {},
): Promise<Blob> {
  const over = new AbortController()
  try {
    return await new Promise<Blob>((resolve, reject) => {
      const until = { signal: over.signal }
      signal?.addEventListener(
        'abort',
        () => {
          reject(signal.reason as Error)
        },
        until,
      )
      worker.addEventListener(
        'error',
        () => {
          reject(notConverted(blob, 'broken'))
        },
        until,
      )
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<unknown>) => {
          if (!isFromHeic(data)) return
          if (data.heic === 'made') resolve(data.picture)
          else if (data.heic === 'failed') reject(notConverted(blob, data.why))
          else onStep?.(data.share)
        },
        until,
      )
      worker.postMessage(blob)
    })
  } finally {
    over.abort()
    worker.terminate()
  }
}

/** Has all code kept that reads HEIC. */
export async function warmHeic(): Promise<void> {
  await Promise.all([fetch(workerUrl), fetch(wasmUrl)])
}
