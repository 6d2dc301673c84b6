import type { AddressFields } from '../../domain/address.ts'

/** What somebody typed who has not finished setting up. Holds no password. */
export type SetupDraft = AddressFields &
  FirstAnswers & { readonly user: string; readonly name: string }

/** What is asked of the meetings, as texts; empty where nobody has answered. */
export type FirstAnswers = {
  readonly language: string
  readonly midweek: string
  readonly weekend: string
}

const kept = 'lectern.setup'

// A reload goes on with what was typed in this very tab; who comes back later, with what was typed last in any.
const places = [sessionStorage, localStorage] as const

const noAnswers: FirstAnswers = { language: '', midweek: '', weekend: '' }
const nothing: SetupDraft = {
  webAddress: '',
  port: '',
  folder: '',
  user: '',
  name: '',
  ...noAnswers,
}

/** Of all that is known while setting up, what may be kept. */
export function draftFields(known: SetupDraft): SetupDraft {
  const { webAddress, port, folder, user, name, language, midweek, weekend } = known
  return { webAddress, port, folder, user, name, language, midweek, weekend }
}

export function keepDraft(draft: SetupDraft): void {
  const text = JSON.stringify({ ...draft, webAddress: withoutAccount(draft.webAddress) })
  for (const place of places) place.setItem(kept, text)
}

const account = /^([a-z][a-z\d+.-]*:\/\/)?[^/]*@/i
// What follows the first colon is no port: a password that has a '/' in it.
const halfAccount = /^(?:[a-z][a-z\d+.-]*:\/\/)?[^/]*:(?!\d*(?:\/|$))/i

// Some people write their password into the address.
function withoutAccount(webAddress: string): string {
  const bare = webAddress.trim().replace(account, '$1')
  return halfAccount.test(bare) ? '' : bare
}

/** What was kept, as far as it makes sense. */
export function readDraft(): Partial<SetupDraft> {
  const [text = '{}'] = places.flatMap((place) => place.getItem(kept) ?? [])
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) return {}
  const known = Object.keys(nothing)
  const texts = Object.entries(value).filter(
    ([key, text]) => known.includes(key) && typeof text === 'string',
  )
  return Object.fromEntries(texts)
}

export function dropDraft(): void {
  for (const place of places) place.removeItem(kept)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
