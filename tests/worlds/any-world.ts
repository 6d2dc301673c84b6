import fc from 'fast-check'
import type { Fault, ScriptedFault } from '../doubles/faulty-server/faults.ts'
import { plainTraits, type Traits } from '../doubles/faulty-server/traits.ts'
import type { Break, Deed, Interruption, M3Deed, World } from './world.ts'

const who = fc.nat(2)
const pick = fc.nat(7)
// What meets is what breaks: most of it happens in few places.
const name = fc.oneof(fc.constant(0), fc.nat(5))
const place = fc.oneof(fc.constant(0), fc.nat(3))
const content = fc.nat(9)

const m3Deed: fc.Arbitrary<M3Deed> = fc.record({
  do: fc.constant('m3' as const),
  what: fc.constantFrom(
    'upload',
    'upload slowly',
    'replace',
    'delete',
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

const change: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('add' as const), who, place, name, content }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('hide' as const, 'show' as const, 'remove' as const, 'undo' as const),
      who,
      pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), who, pick, name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), who, pick }) },
)

const circumstance: fc.Arbitrary<Deed> = fc.oneof(
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
)

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: change },
  { weight: 9, arbitrary: run },
  { weight: 3, arbitrary: runOfAll },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      hours: fc.constantFrom(1, 20, 60, 400, 1600),
    }),
  },
  { weight: 4, arbitrary: m3Deed },
  { weight: 3, arbitrary: circumstance },
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
    deep: fc.constantFrom('true' as const, 'lying' as const, 'refused' as const),
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

const scriptedFault: fc.Arbitrary<ScriptedFault> = fc.oneof(
  fc.record({ at: requestIndex, among: fc.constant('all' as const), fault }),
  fc.record({ at: fc.nat(50), among: fc.constant('changes' as const), fault }),
)

const interruption: fc.Arbitrary<Interruption> = fc.oneof(
  fc.record({ at: requestIndex, deed: m3Deed }),
  fc.record({
    at: fc.nat(50),
    when: fc.constantFrom('before' as const, 'after' as const),
    content,
  }),
)

/** Any world: one to three devices, up to thirty deeds, some trouble. */
export const anyWorld: fc.Arbitrary<World> = fc.record({
  traits,
  devices: fc.integer({ min: 1, max: 3 }),
  hasReader: fc.boolean(),
  // Long listings take long: one world in fifty has one.
  crowd: fc.oneof(
    { weight: 98, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constantFrom(755, 1005) },
  ),
  deeds: fc.array(deed, { maxLength: 30, size: 'max' }),
  faults: fc.array(scriptedFault, { maxLength: 12, size: 'max' }),
  interruptions: fc.array(interruption, { maxLength: 8, size: 'max' }),
})
