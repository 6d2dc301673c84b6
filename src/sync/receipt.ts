import type { Failure } from '../domain/failure.ts'

/**
 * A file on its way, from the sync folder or to it: bytes received, or sent, of all; or one that is being converted. `ref`
 * is a source's, or an act's id.
 */
export type FileProgress = {
  readonly ref: string
  readonly name: string
  readonly size: number
  readonly received: number
}

/** How far an update is. Bytes and files count what moves, not what is here already. */
export type Progress = {
  readonly phase: 'sending' | 'looking' | 'fetching' | 'converting' | 'exporting'
  readonly doneFiles: number
  readonly totalFiles: number
  readonly doneBytes: number
  readonly totalBytes: number
  /** The files that are moving right now. */
  readonly files: readonly FileProgress[]
  /** An estimate once there is one. */
  readonly leftMs?: number
}

/** A thing that could not be done, and why. `name` is a file's name or path. */
export type Trouble = { readonly name: string; readonly failure: Failure }

/** What an update did, and the proof that this device has exactly the congregation's list. */
export type Receipt = {
  /** Milliseconds since 1970. */
  readonly at: number
  /** When the sync folder was last seen, milliseconds since 1970; absent without congregation sync. */
  readonly asOf?: number
  /** False when the sync folder could not be reached and the stored state was used. */
  readonly isFresh: boolean
  /** True when a media folder was written; the counts then speak of its files, else of the files stored here. */
  readonly isExported: boolean
  readonly new: number
  readonly replaced: number
  readonly removed: number
  readonly unchanged: number
  readonly failed: readonly Trouble[]
  /** Four short words over what is curated; devices that show the same words hold the same. */
  readonly fingerprint: string
  /** True when everything curated is here (and in the media folder, where there is one). */
  readonly isExact: boolean
  /** So many files vanished at once that a person must confirm it before they go here too. */
  readonly doubtful?: { readonly vanished: number; readonly present: number }
  /** Paths in the sync folder that mean nothing to Lectern. */
  readonly odd: readonly string[]
  /** Why the sync folder, the catalogue or the media folder could not be used, where so. */
  readonly failure?: Failure
}

/** The start of a phase: nothing moved yet. */
export function progressIn(phase: Progress['phase']): Progress {
  return { phase, doneFiles: 0, totalFiles: 0, doneBytes: 0, totalBytes: 0, files: [] }
}
