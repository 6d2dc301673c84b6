import type { AddressFields } from '../../domain/address.ts'

/** What somebody typed who has not finished setting up. Holds no password. */
export type SetupDraft = AddressFields & { readonly user: string; readonly name: string }

const kept = 'lectern.setup'

export function draftFields({ webAddress, port, folder, user, name }: SetupDraft): SetupDraft {
  return { webAddress, port, folder, user, name }
}

export function keepDraft(draft: SetupDraft): void {
  localStorage.setItem(kept, JSON.stringify(draft))
}

/** What was kept, as far as it makes sense. */
export function readDraft(): Partial<SetupDraft> {
  const value = parsed(localStorage.getItem(kept) ?? '{}')
  if (typeof value !== 'object' || value === null) return {}
  const known = Object.keys(
    draftFields({ webAddress: '', port: '', folder: '', user: '', name: '' }),
  )
  const texts = Object.entries(value).filter(
    ([key, text]) => known.includes(key) && typeof text === 'string',
  )
  return Object.fromEntries(texts)
}

export function dropDraft(): void {
  localStorage.removeItem(kept)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
