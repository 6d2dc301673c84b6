import { expect, test } from 'vitest'
import { bring } from '../../../src/sync/bring.ts'

test('code that the network does not let come is no bug: the network is what is missing', async () => {
  const refused = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
  await expect(bring(refused)).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
})

test('what is here comes, and what is broken stays a bug', async () => {
  expect(await bring(() => Promise.resolve('here'))).toBe('here')
  await expect(bring(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
