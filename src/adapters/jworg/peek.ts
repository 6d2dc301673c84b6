import { get, refusal, type Send } from './requests.ts'

const withinMs = 30_000

type PeekOptions = { readonly send: Send; readonly signal?: AbortSignal | undefined }

/** Asks for the first byte of a file and breaks off; rejects as the ports may where it cannot be had. */
export function peekJworg(url: string, { send, signal }: PeekOptions): Promise<void> {
  const range = { from: 0, to: 1 }
  return get(url, { send, signal, range, withinMs }, async (response) => {
    // Not every server knows parts of a file: of the whole one nothing more is wanted either.
    await response.body?.cancel()
    if (!response.ok) throw refusal(response, url.slice(url.lastIndexOf('/') + 1))
  })
}
