import { describe, test } from 'vitest'
import type { MediaFolder } from '../../src/sync/ports.ts'
import { diskCases, folderCases } from './folder-cases.ts'

/** The guarantees of the MediaFolder port; `newFolder` answers an empty folder each time. */
export function folderContract(
  name: string,
  newFolder: () => Promise<MediaFolder>,
  { isDisk = false } = {},
): void {
  describe(`the media folder (${name})`, () => {
    for (const { title, run } of isDisk ? [...folderCases, ...diskCases] : folderCases) {
      test(title, async () => {
        await run(await newFolder())
      })
    }
  })
}
