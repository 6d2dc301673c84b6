import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/sync/ports.ts'
import { addAct, byRef, textOf, type OpenStore } from './store-given.ts'
import { inbox } from './store-inbox-stories.ts'
import { collecting, downloads, manifest } from './store-media-stories.ts'
import { emptyModel, foresee, type Model } from './store-model.ts'
import { modelDownloads, modelProfiles, operations, perform } from './store-operations.ts'
import { acts, devices, profiles } from './store-row-stories.ts'

/** What every Store promises, told on a fresh place for each story. */
export function storeContract(
  name: string,
  newPlace: () => OpenStore,
  { runs = 60 }: { runs?: number } = {},
): void {
  describe(`store: ${name}`, () => {
    devices(newPlace)
    profiles(newPlace)
    acts(newPlace)
    manifest(newPlace)
    downloads(newPlace)
    collecting(newPlace)
    inbox(newPlace)

    test('after whatever was done to it, a store holds what a plain list of it all says', () =>
      fc.assert(
        fc.asyncProperty(operations, async (steps) => {
          const store = newPlace()()
          const model = emptyModel()
          for (const step of steps) {
            if (foresee(model, step)) await perform(store, step)
            else await expect(perform(store, step)).rejects.toThrow()
            await expectSame(store, model)
          }
        }),
        { numRuns: runs },
      ))
  })
}

async function expectSame(store: Store, model: Model): Promise<void> {
  for (const profile of modelProfiles) {
    const rows = [...model.files.values()].filter((held) => held.profile === profile)
    const acts = model.acts.filter((act) => act.profile === profile)
    expect(byRef(await store.heldFiles(profile))).toEqual(byRef(rows.map(({ row }) => row)))
    expect(await store.outbox(profile)).toEqual(
      acts.map(({ id, key, isSent }) => ({ stamped: addAct(id, key), isSent })),
    )
  }
  expect(await store.blobKeys()).toEqual(new Set(model.blobs.keys()))
  for (const [key, text] of model.blobs) expect(await textOf(store, key)).toBe(text)
  for (const id of modelDownloads) {
    const sizes = (await store.download(id)).parts.map(({ size }) => size)
    expect(sizes).toEqual(model.downloads.get(id)?.parts.map(({ length }) => length) ?? [])
  }
}
