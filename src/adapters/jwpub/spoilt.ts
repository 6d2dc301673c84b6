import { Failed } from '../../domain/failure.ts'

/** Which file is read, and what it is meant to be. */
export type Named = { readonly what: 'publication' | 'playlist'; readonly name: string }

/** The name of a chosen file; '' where nobody gave it one. */
export function nameOf(file: Blob): string {
  return file instanceof File ? file.name : ''
}

/** Says that a file cannot be read. */
export function spoilt({ what, name }: Named, cause?: unknown): Failed {
  return new Failed({ kind: `bad-${what}`, name }, { cause })
}

type Reading = Named & { readonly signal?: AbortSignal | undefined }

/** Reads bytes that may be anything: what they make ZIP, SQLite or a parser throw is the file's failure. */
export async function reading<T>(
  { signal, ...named }: Reading,
  act: () => Promise<T> | T,
): Promise<T> {
  try {
    signal?.throwIfAborted()
    return await act()
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw spoilt(named, error)
  }
}
