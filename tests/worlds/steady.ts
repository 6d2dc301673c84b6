// What would make the same world go another way the next time: chance, and threads that end in any order.
import { createHash } from 'node:crypto'

const names: Readonly<Record<string, string>> = { 'SHA-256': 'sha256' }

/** From here on the same world always takes the same way, in this process. */
export function steady(): void {
  Math.random = () => 0.5
  crypto.subtle.digest = async (algorithm, data) => {
    const name = names[typeof algorithm === 'string' ? algorithm : algorithm.name]
    if (name === undefined) throw new Error('unknown digest')
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data)
    return new Uint8Array(createHash(name).update(bytes).digest()).buffer
  }
}
