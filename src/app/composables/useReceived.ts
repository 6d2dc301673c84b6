import type { Doubt, Refusal } from '../../domain/intake.ts'
import { receiveFile, type Received } from '../../sync/offers/files.ts'
import type { Offer } from '../../sync/offers/offer.ts'

export type RefusedFile = { readonly name: string; readonly reason: Refusal }

/** What is to become of files that somebody brought. */
export type ReceivedFiles = {
  readonly arrivals: readonly { readonly offer: Offer; readonly doubt?: Doubt }[]
  readonly collections: readonly Extract<Received, { is: 'collection' }>[]
  readonly refused: readonly RefusedFile[]
}

/** Looks at files one after the other; none of them disturbs the others. */
export async function receiveFiles(files: readonly File[]): Promise<ReceivedFiles> {
  const received: Received[] = []
  for (const file of files) received.push(await receiveFile(file))
  return {
    arrivals: received.flatMap((one) => (one.is === 'offer' ? [one] : [])),
    collections: received.flatMap((one) => (one.is === 'collection' ? [one] : [])),
    refused: received.flatMap((one) => (one.is === 'refused' ? [one] : [])),
  }
}
