// What would make the same world go another way the next time: chance, and threads that end in any order.
import { createHash } from 'node:crypto'
import { vi } from 'vitest'

const names: Readonly<Record<string, string>> = { 'SHA-256': 'sha256' }

/** From here on the same world always takes the same way. */
export function steady(): void {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((algorithm, data) => {
    const name = names[typeof algorithm === 'string' ? algorithm : algorithm.name]
    if (name === undefined) return Promise.reject(new Error('unknown digest'))
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data)
    const hash = createHash(name).update(bytes).digest()
    return Promise.resolve(new Uint8Array(hash).buffer)
  })
}
