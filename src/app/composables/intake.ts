import type { Refusal } from '../../domain/intake.ts'
import type { BringProber } from '../../sync/offers/examine.ts'
import { receiveFile, type CollectionKind, type Received } from '../../sync/offers/files.ts'
import type { HandedFile } from '../running/handover.ts'

export type { Received } from '../../sync/offers/files.ts'
export type { Offer } from '../../sync/offers/offer.ts'

/** Files that were looked at, sorted by what is to become of them. */
export type Intake = {
  /** To be added; those with a doubt once a person has said so. */
  readonly offers: readonly Extract<Received, { is: 'offer' }>[]
  /** Playlists, publications and documents of pages, of which a person takes some. */
  readonly collections: readonly (HandedFile & { readonly kind: CollectionKind })[]
  readonly refused: readonly { readonly name: string; readonly reason: Refusal }[]
}

/** One file that was looked at; its offer carries what is to happen once it was added. */
export async function receive(
  { file, onAdded }: HandedFile,
  prober?: BringProber,
): Promise<Received> {
  const received = await receiveFile(file, prober)
  if (received.is !== 'offer' || !onAdded) return received
  return { ...received, offer: { ...received.offer, onAdded } }
}

/** Looks at files one after another, in their order; never rejects for what is in them. */
export async function takeIn(files: readonly HandedFile[], prober?: BringProber): Promise<Intake> {
  const offers: Extract<Received, { is: 'offer' }>[] = []
  const collections: Intake['collections'][number][] = []
  const refused: Intake['refused'][number][] = []
  for (const handed of files) {
    const received = await receive(handed, prober)
    if (received.is === 'offer') offers.push(received)
    else if (received.is === 'refused') refused.push(received)
    else collections.push({ ...handed, file: received.file, kind: received.kind })
  }
  return { offers, collections, refused }
}

/** True for a file that may be added without a person's word on it. */
export function isSure(received: Received): boolean {
  return received.is === 'collection' || (received.is === 'offer' && received.doubt === undefined)
}
