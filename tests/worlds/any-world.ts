import fc from 'fast-check'
import type { Fault, ScriptedFault } from '../doubles/faulty-server/faults.ts'
import { plainTraits, type Traits } from '../doubles/faulty-server/traits.ts'
import type { Break, Deed, Interruption, M3Deed, World } from './world.ts'

const who = fc.nat(2)
// What meets is what breaks: most of it happens in few places.
const pick = fc.oneof(fc.constant(0), fc.nat(7))
const name = fc.oneof(fc.constant(0), fc.nat(5))
const place = fc.oneof(fc.constant(0), fc.nat(3))
const content = fc.nat(9)
const prefix = fc.nat(3)
const rule = fc.nat(3)

const m3Deed: fc.Arbitrary<M3Deed> = fc.record({
  do: fc.constant('m3' as const),
  what: fc.constantFrom(
    'upload',
    'upload slowly',
    'replace',
    'delete',
    'upload a twin',
    'hide',
    'show',
    'rename',
    'purge',
    'settings',
  ),
  place,
  name,
  content,
})

const someBreak: fc.Arbitrary<Break> = fc.record({
  after: fc.nat(60),
  how: fc.constantFrom(
    'ends' as const,
    'ends' as const,
    'cancelled' as const,
    'disk full' as const,
  ),
})

const broken = fc.option(someBreak, { nil: undefined, freq: 3 })

const run: fc.Arbitrary<Deed> = fc
  .tuple(fc.constantFrom('update' as const, 'look' as const), who, broken)
  .map(([what, by, end]) => ({ do: what, who: by, ...(end && { broken: end }) }))

const runOfAll: fc.Arbitrary<Deed> = fc
  .tuple(fc.array(fc.nat(2), { minLength: 1, maxLength: 24 }), broken)
  .map(([turns, end]) => ({ do: 'all update' as const, turns, ...(end && { broken: end }) }))

type Kind = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Deed> }

const changes: readonly Kind[] = [
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('add' as const), who, place, name, content }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('hide' as const, 'show' as const), who, pick }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), who, pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), who, pick, name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), who, pick, place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('order' as const), who, pick, prefix }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rule' as const), who, pick, rule }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), who, pick }) },
]

const circumstances: readonly Kind[] = [
  fc.record({ do: fc.constantFrom('offline' as const, 'online' as const), who }),
  fc.record({
    do: fc.constantFrom('drop from disk' as const, 'touch on disk' as const),
    who,
    pick,
  }),
  fc.record({
    do: fc.constant('set clock' as const),
    who,
    aheadMin: fc.constantFrom(0, 0, 90, -90, 3 * 1440, -3 * 1440),
  }),
  fc.record({
    do: fc.constantFrom(
      'folder away' as const,
      'server full' as const,
      'password changed' as const,
      'deep listings lie' as const,
    ),
    isSo: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('retitle' as const, 're-release' as const), pick }),
  fc.constant<Deed>({ do: 'wipe _sync' }),
  who.map((by): Deed => ({ do: 'lose data', who: by })),
].map((arbitrary) => ({ weight: 1, arbitrary }))

const runs: readonly Kind[] = [
  { weight: 9, arbitrary: run },
  { weight: 3, arbitrary: runOfAll },
]

const others: readonly Kind[] = [
  ...circumstances,
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      hours: fc.constantFrom(1, 20, 60, 400, 1600),
    }),
  },
  { weight: 4, arbitrary: m3Deed },
]

const deedsOf = (some: readonly Kind[]) =>
  fc.array(fc.oneof(...runs, ...some), { maxLength: 30, size: 'max' })

// In half of all worlds few kinds of things happen, and these often.
const deeds = fc.oneof(
  deedsOf([...changes, ...others]),
  fc
    .tuple(
      fc.subarray([...changes], { minLength: 1, maxLength: 2 }),
      fc.subarray([...others], { maxLength: 3 }),
    )
    .chain((some) => deedsOf(some.flat().map(({ arbitrary }) => ({ weight: 4, arbitrary })))),
)

const statuses = [
  401, 403, 404, 405, 409, 412, 413, 423, 425, 429, 500, 501, 502, 503, 504, 507, 509,
]

const share = fc.double({ min: 0, max: 0.99, noNaN: true })

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ do: 'reset' }),
  fc.constant<Fault>({ do: 'lose answer' }),
  fc
    .constantFrom(...statuses)
    .map((status): Fault => ({ do: 'refuse', status, ...(status === 429 && { retryAfterS: 5 }) })),
  share.map((part): Fault => ({ do: 'cut up', share: part })),
  share.map((part): Fault => ({ do: 'cut up silently', share: part })),
  fc
    .tuple(share, fc.boolean())
    .map(([part, isSilent]): Fault => ({ do: 'cut down', share: part, isSilent })),
  fc
    .constantFrom(750, 1000)
    .map((entries): Fault => ({ do: 'short listing', entries, isCut: false })),
  fc.nat(4).map((entries): Fault => ({ do: 'short listing', entries, isCut: true })),
  fc.constant<Fault>({ do: 'trickle', ms: 90_000 }),
  fc.constant<Fault>({ do: 'login page' }),
  fc.constant<Fault>({ do: 'redirect' }),
)

const traits: fc.Arbitrary<Traits> = fc
  .record({
    etags: fc.constantFrom(
      'strong' as const,
      'fresh-weak' as const,
      'weak' as const,
      'numeric' as const,
      'none' as const,
    ),
    timeStepMs: fc.constantFrom(1 as const, 1000 as const),
    clockAheadMs: fc.constantFrom(0, 5 * 3_600_000, -5 * 3_600_000),
    deep: fc.constantFrom('true' as const, 'true' as const, 'lying' as const, 'refused' as const),
    cutUpload: fc.constantFrom('old file' as const, 'what arrived' as const),
    refusal: fc.constantFrom(412 as const, 207 as const),
    hasRanges: fc.boolean(),
    tellsTime: fc.boolean(),
    hasCorsOnErrors: fc.boolean(),
    names: fc.constantFrom(
      'as they come' as const,
      'as they come' as const,
      'decomposed' as const,
      'one case' as const,
    ),
  })
  .map((some) => ({ ...plainTraits, ...some }))

const requestIndex = fc.nat(250)

const shortListing: fc.Arbitrary<Fault> = fc.record({
  do: fc.constant('short listing' as const),
  entries: fc.nat(4),
  isCut: fc.constant(true),
})

const scriptedFault: fc.Arbitrary<ScriptedFault> = fc.oneof(
  fc.record({ at: requestIndex, among: fc.constant('all' as const), fault }),
  fc.record({
    at: fc.nat(50),
    among: fc.constant('changes' as const),
    fault: fc.oneof(fc.constant<Fault>({ do: 'login page' }), fault, fault),
  }),
  fc.record({
    at: fc.nat(100),
    among: fc.constant('listings' as const),
    fault: fc.oneof(shortListing, fault),
  }),
)

const interruption: fc.Arbitrary<Interruption> = fc.oneof(
  fc.record({ at: requestIndex, deed: m3Deed }),
  fc.record({
    at: fc.nat(50),
    when: fc.constantFrom('before' as const, 'after' as const),
    content,
  }),
)

const faults = fc.array(scriptedFault, { maxLength: 12, size: 'max' })

const interruptions = fc.array(interruption, { maxLength: 8, size: 'max' })

const usualWorld: fc.Arbitrary<World> = fc.record({
  traits,
  devices: fc.integer({ min: 1, max: 3 }),
  hasReader: fc.boolean(),
  hasNeighbour: fc.boolean(),
  crowd: fc.constant(0),
  deeds,
  faults,
  interruptions,
})

// Servers that stop at a round number do so again and again.
const roundFaults: fc.Arbitrary<ScriptedFault[]> = fc
  .tuple(fc.constantFrom(750, 1000), fc.constantFrom(8, 12, 16, 24), fc.constantFrom(4, 20))
  .map(([entries, from, times]) =>
    Array.from({ length: times }, (_, index) => ({
      at: from + index,
      among: 'listings' as const,
      fault: { do: 'short listing' as const, entries, isCut: false },
    })),
  )

const addToCrowd: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('add' as const),
  who,
  place: fc.constant(0),
  name,
  content,
})

const wholeUpdate: fc.Arbitrary<Deed> = fc.record({ do: fc.constant('update' as const), who })

// At least one file stands in the crowd before the server stops short of it.
const crowdedDeeds: fc.Arbitrary<Deed[]> = fc
  .tuple(
    addToCrowd,
    wholeUpdate,
    fc.array(
      fc.oneof(
        { weight: 12, arbitrary: addToCrowd },
        { weight: 24, arbitrary: wholeUpdate },
        ...runs,
        ...changes,
      ),
      { maxLength: 10, size: 'max' },
    ),
    wholeUpdate,
  )
  .map(([first, second, others, last]) => [first, second, ...others, last])

// Long listings are where servers stop; they take long.
const crowdedWorld: fc.Arbitrary<World> = fc.record({
  traits,
  devices: fc.integer({ min: 1, max: 2 }),
  hasReader: fc.constant(false),
  hasNeighbour: fc.boolean(),
  crowd: fc.constantFrom(755, 1005),
  deeds: crowdedDeeds,
  faults: fc.oneof(roundFaults, faults),
  interruptions,
})

/** Any world: one to three devices, up to thirty deeds, some trouble. */
export const anyWorld: fc.Arbitrary<World> = fc.oneof(
  { weight: 59, arbitrary: usualWorld },
  { weight: 1, arbitrary: crowdedWorld },
)
