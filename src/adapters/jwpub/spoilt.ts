import { Failed } from '../../domain/failure.ts'

/** The name of a chosen file; '' where nobody gave it one. */
export function nameOf(file: Blob): string {
  return file instanceof File ? file.name : ''
}

/** Says that a publication cannot be read. */
export function spoilt(name: string, cause?: unknown): Failed {
  return new Failed({ kind: 'bad-publication', name }, { cause })
}

type Reading = { readonly name: string; readonly signal?: AbortSignal | undefined }

/** Reads bytes that may be anything: what they make ZIP, SQLite or a parser throw is the publication's failure. */
export async function reading<T>({ name, signal }: Reading, act: () => Promise<T> | T): Promise<T> {
  try {
    signal?.throwIfAborted()
    return await act()
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw spoilt(name, error)
  }
}
