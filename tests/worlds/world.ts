// What may happen in a congregation, as data: fast-check makes it, shrinks it, and prints it.
import fc from 'fast-check'
import type { Fault, ScriptedFault } from '../doubles/faulty-server/faults.ts'
import { plainTraits, type Traits } from '../doubles/faulty-server/traits.ts'

/** Breaks a run of the app off right before or after its n-th request or write, counted from 0. */
type Crash = { readonly after: number }

/** One thing somebody does. Numbers pick from what there is at that time, so that every story makes sense. */
export type Deed =
  | {
      readonly do: 'add'
      readonly who: number
      readonly place: number
      readonly name: number
      readonly content: number
    }
  | {
      readonly do: 'hide' | 'show' | 'remove' | 'undo'
      readonly who: number
      readonly pick: number
    }
  | { readonly do: 'rename'; readonly who: number; readonly pick: number; readonly name: number }
  | { readonly do: 'update' | 'look'; readonly who: number; readonly crash?: Crash }
  /** Two devices at once. */
  | { readonly do: 'both update' }
  | { readonly do: 'offline' | 'online'; readonly who: number }
  | { readonly do: 'pass'; readonly hours: number }
  | M3Deed

export type M3Deed = {
  readonly do: 'm3'
  readonly what:
    | 'upload'
    | 'upload slowly'
    | 'replace'
    | 'delete'
    | 'hide'
    | 'show'
    | 'rename'
    | 'purge'
    | 'settings'
  readonly place: number
  readonly name: number
  readonly content: number
}

/** M³ does something between two requests of Lectern: before the `at`-th of all. */
type Interruption = { readonly at: number; readonly deed: M3Deed }

export type World = {
  readonly traits: Traits
  readonly devices: number
  /** The last device's account may only read. */
  readonly hasReader: boolean
  readonly deeds: readonly Deed[]
  readonly faults: readonly ScriptedFault[]
  readonly interruptions: readonly Interruption[]
}

const who = fc.nat(2)
const pick = fc.nat(7)
const name = fc.nat(5)
const place = fc.nat(3)
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

const crash = fc.option(fc.record({ after: fc.nat(60) }), { nil: undefined, freq: 3 })

const run: fc.Arbitrary<Deed> = fc
  .tuple(fc.constantFrom('update' as const, 'look' as const), who, crash)
  .map(([what, by, broken]) => ({ do: what, who: by, ...(broken && { crash: broken }) }))

const deed: fc.Arbitrary<Deed> = fc.oneof(
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
  { weight: 9, arbitrary: run },
  { weight: 2, arbitrary: fc.constant<Deed>({ do: 'both update' }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('offline' as const, 'online' as const), who }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      hours: fc.constantFrom(1, 20, 60, 400, 1600),
    }),
  },
  { weight: 4, arbitrary: m3Deed },
)

const statuses = [401, 403, 404, 409, 412, 413, 423, 425, 429, 500, 502, 503, 504, 507]

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>({ do: 'reset' }),
  fc.constant<Fault>({ do: 'lose answer' }),
  fc
    .constantFrom(...statuses)
    .map((status): Fault => ({ do: 'refuse', status, ...(status === 429 && { retryAfterS: 5 }) })),
  fc.double({ min: 0, max: 1, noNaN: true }).map((share): Fault => ({ do: 'cut up', share })),
  fc
    .double({ min: 0, max: 0.99, noNaN: true })
    .map((share): Fault => ({ do: 'cut up silently', share })),
  fc
    .tuple(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.boolean())
    .map(([share, isSilent]): Fault => ({ do: 'cut down', share, isSilent })),
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

/** Any world: two or three devices, up to three dozen deeds, some trouble. */
export const anyWorld: fc.Arbitrary<World> = fc.record({
  traits,
  devices: fc.integer({ min: 1, max: 3 }),
  hasReader: fc.boolean(),
  deeds: fc.array(deed, { maxLength: 30, size: 'max' }),
  faults: fc.array(fc.record({ at: requestIndex, fault }), { maxLength: 12, size: 'max' }),
  interruptions: fc.array(fc.record({ at: requestIndex, deed: m3Deed }), {
    maxLength: 6,
    size: 'max',
  }),
})
