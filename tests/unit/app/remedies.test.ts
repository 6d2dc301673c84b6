import { expect, test } from 'vitest'
import { remediesFor } from '../../../src/app/components/setup/remedies.ts'

test('what is advised to be typed anew is where the link leads', () => {
  expect(remediesFor({ kind: 'wrong-password' })).toEqual(['account'])
  expect(remediesFor({ kind: 'wrong-folder', existing: '/', missing: 'Hall' })).toEqual(['folder'])
  expect(remediesFor({ kind: 'not-webdav' })).toEqual(['address', 'folder'])
})

test('where nothing typed is at fault, no link leads anywhere', () => {
  expect(remediesFor({ kind: 'offline' })).toEqual([])
  expect(remediesFor({ kind: 'works' })).toEqual([])
})
