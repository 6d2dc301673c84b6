import fc from 'fast-check'
import type { ContentKey } from '../../src/domain/media.ts'
import type { Store } from '../../src/sync/ports.ts'
import { addAct, heldFile } from './store-given.ts'

/** One thing done to a store; `label` is what the bytes say, so that it shows whose bytes stayed. */
export type Operation =
  | { do: 'putFiles'; profile: string; ref: string; key: ContentKey; label: string }
  | { do: 'link'; profile: string; ref: string; key: ContentKey }
  | { do: 'dropFiles'; profile: string; ref: string }
  | { do: 'forgetFiles'; profile: string; ref: string }
  | { do: 'enqueue'; profile: string; id: string; key: ContentKey; label: string }
  | { do: 'markSent'; profile: string; id: string }
  | { do: 'dequeue'; profile: string; id: string }
  | { do: 'putPart'; id: string; from: number; at: number; label: string }
  | { do: 'commitDownload'; profile: string; id: string; ref: string; key: ContentKey }
  | { do: 'dropDownload'; id: string }
  | { do: 'collect'; startedBefore: number }
  | { do: 'dropProfile'; profile: string }

export const modelProfiles = ['north', 'south']
export const modelDownloads = ['d1', 'd2']

const profile = fc.constantFrom(...modelProfiles)
const ref = fc.constantFrom('remote:a', 'remote:b')
const id = fc.constantFrom('act-1', 'act-2', 'act-3')
const download = fc.constantFrom(...modelDownloads)
const key = fc.constantFrom<ContentKey>('sha256-1', 'sha256-2', 'md5-3')
// Short bytes lie in their record, long ones beside it.
const label = fc.constantFrom('short', 'other', 'long'.repeat(17_000))
const moment = fc.constantFrom(1, 2, 3)
// Where a first part begins, and a second one after 'short' or 'other'.
const from = fc.constantFrom(0, 0, 5)

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ do: fc.constant('putFiles' as const), profile, ref, key, label }),
  fc.record({ do: fc.constant('link' as const), profile, ref, key }),
  fc.record({ do: fc.constant('dropFiles' as const), profile, ref }),
  fc.record({ do: fc.constant('forgetFiles' as const), profile, ref }),
  fc.record({ do: fc.constant('enqueue' as const), profile, id, key, label }),
  fc.record({ do: fc.constant('markSent' as const), profile, id }),
  fc.record({ do: fc.constant('dequeue' as const), profile, id }),
  fc.record({ do: fc.constant('putPart' as const), id: download, from, at: moment, label }),
  fc.record({ do: fc.constant('commitDownload' as const), profile, id: download, ref, key }),
  fc.record({ do: fc.constant('dropDownload' as const), id: download }),
  fc.record({ do: fc.constant('collect' as const), startedBefore: moment }),
  fc.record({ do: fc.constant('dropProfile' as const), profile }),
)

/** Some operations in a row. */
export const operations = fc.array(operation, { minLength: 1, maxLength: 20, size: 'max' })

/** Does it to a store. */
export function perform(store: Store, step: Operation): Promise<void> {
  switch (step.do) {
    case 'putFiles':
      return store.putFiles(step.profile, [heldFile(step.ref, step.key)], [blobOf(step)])
    case 'link':
      return store.putFiles(step.profile, [heldFile(step.ref, step.key)])
    case 'dropFiles':
      return store.dropFiles(step.profile, [step.ref])
    case 'forgetFiles':
      return store.forgetFiles(step.profile, [step.ref], 9)
    case 'enqueue':
      return store.enqueue(step.profile, addAct(step.id, step.key), [blobOf(step)])
    case 'markSent':
      return store.markSent(step.profile, [step.id])
    case 'dequeue':
      return store.dequeue(step.profile, [step.id])
    case 'putPart':
      return store.putPart(step.id, {
        from: step.from,
        body: new Blob([step.label]),
        hashes: [],
        at: step.at,
      })
    case 'commitDownload':
      return store.commitDownload(step.profile, step.id, heldFile(step.ref, step.key))
    case 'dropDownload':
      return store.dropDownload(step.id)
    case 'collect':
      return store.collect(step.startedBefore)
    case 'dropProfile':
      return store.dropProfile(step.profile)
  }
}

function blobOf({ key, label }: { key: ContentKey; label: string }) {
  return { key, body: new Blob([label]) }
}
