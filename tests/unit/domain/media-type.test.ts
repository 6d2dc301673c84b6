import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mediaTypeOf } from '../../../src/domain/media-type.ts'

const samples = new URL('../../../server/sample-media/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
}

test('every file of the sample congregation is recognised by its content', () => {
  const files = readdirSync(samples).filter((name) => (name.split('.').at(-1) ?? '') in types)
  expect(files.length).toBeGreaterThan(3)
  for (const name of files) {
    expect(mediaTypeOf(readFileSync(new URL(name, samples))), name).toBe(
      types[name.split('.').at(-1) ?? ''],
    )
  }
})

test.each([
  '<html><script>',
  '<?xml version="1.0"?><svg',
  '<svg xmlns=',
  'MZ program',
  '',
  'plain text',
])('nothing that could act as a page or a program has a type of its own: %s', (text) => {
  expect(mediaTypeOf(new TextEncoder().encode(text))).toBe('application/octet-stream')
})
