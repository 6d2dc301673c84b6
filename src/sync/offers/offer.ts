// What a VO may add, wherever it comes from: a file of his, something of JW.org's, a part of a publication or playlist.
import type { Place } from '../../domain/day.ts'

/** How bytes are come by; `onReceived` hears how many are here so far. */
export type ByteOptions = {
  readonly signal?: AbortSignal | undefined
  readonly onReceived?: ((bytes: number) => void) | undefined
}

/** What goes with a film under its name. */
export type OfferedCompanion = {
  readonly extension: 'vtt' | 'json'
  readonly bytes: (options?: ByteOptions) => Promise<Blob>
}

/** Something that may be added. Nothing is fetched before `bytes` is asked, which rejects with Failed or AbortError. */
export type Offer = {
  /** With its extension; it is made safe when it is added. */
  readonly name: string
  /** In bytes, where it is known. */
  readonly size?: number
  /** The address of a small picture of it. */
  readonly thumbnail?: string
  /** The running number by which it stands where M³ would put it, such as `00-00`. */
  readonly prefix?: string
  /** Where it is to go, where whoever chose it has said so; else to the place that is open. */
  readonly place?: Place
  readonly bytes: (options?: ByteOptions) => Promise<Blob>
  readonly companions?: readonly OfferedCompanion[]
  /** A person has said that it is meant, whatever is doubtful about it. */
  readonly isAgreed?: true
  /** To be called once the act that adds it is recorded: what it came from may let go of it. */
  readonly onAdded?: () => Promise<void>
}
