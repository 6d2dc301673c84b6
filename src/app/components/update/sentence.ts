import type { Receipt } from '../../composables/useUpdate.ts'

type Key = 'exact' | 'inexact' | 'saved' | 'savedUndated' | 'locked' | 'lockedUndated' | 'never'

type Sentence = { readonly key: Key; readonly at?: number }

/** How old and how complete the media on this device is: a key of the words, and the moment they speak of. */
export function sentenceOf(receipt: Receipt | undefined, isOnline: boolean): Sentence {
  if (!receipt) return { key: 'never' }
  if (receipt.isFresh) return { key: receipt.isExact ? 'exact' : 'inexact', at: receipt.at }
  const { asOf, failure } = receipt
  // A password is of no use before there is a way to the server.
  const key = isOnline && failure?.kind === 'password-needed' ? 'locked' : 'saved'
  return asOf === undefined ? { key: `${key}Undated` } : { key, at: asOf }
}
