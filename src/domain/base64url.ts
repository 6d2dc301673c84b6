const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes as a text that may stand in any address, without padding: RFC 4648 §5. */
export function toBase64url(bytes: Uint8Array): string {
  const groups = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) =>
    groupText(bytes.subarray(index * 3, index * 3 + 3)),
  )
  return groups.join('')
}

function groupText(bytes: Uint8Array): string {
  const [first = 0, second = 0, third = 0] = bytes
  const group = (first << 16) | (second << 8) | third
  const places = [18, 12, 6, 0].slice(0, bytes.length + 1)
  return places.map((place) => letters[(group >> place) & 63]).join('')
}

/** The bytes of such a text; undefined where it is none. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined
  const values = Array.from(text, (letter) => letters.indexOf(letter))
  return Uint8Array.from({ length: Math.floor((text.length * 3) / 4) }, (_, at) => {
    const from = Math.floor((at * 4) / 3)
    // Two letters carry twelve bits; a byte begins at the first, third or fifth of them.
    const pair = ((values[from] ?? 0) << 6) | (values[from + 1] ?? 0)
    return (pair >> (4 - (at % 3) * 2)) & 255
  })
}
