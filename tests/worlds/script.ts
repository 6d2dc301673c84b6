import type { Fault } from '../doubles/faulty-server/faults.ts'
import { isChange, isListing, type Seen } from '../doubles/faulty-server/request.ts'
import type { Interruption, M3Deed, World } from './world.ts'

/** What a world orders for one request: what M³ does first, and what trouble the request meets. */
export type Orders = {
  readonly deeds: readonly M3Deed[]
  /** Contents that M³ writes over the file that the request is about. */
  readonly replacements: readonly number[]
  readonly fault: Fault | undefined
}

const nothing: Orders = { deeds: [], replacements: [], fault: undefined }

/** The trouble of a world, request by request, until `end`. */
export function newScript({ interruptions, faults }: World) {
  let changes = 0
  let listings = 0
  let isOver = false

  function replacements(seen: Seen, when: 'before' | 'after'): number[] {
    if (!isChange(seen)) return []
    return interruptions.flatMap((one) =>
      isReplacement(one) && one.when === when && one.at === changes - 1 ? [one.content] : [],
    )
  }

  return {
    /** Orders for the n-th request, counted from 0, as it comes. */
    before(index: number, seen: Seen): Orders {
      if (isChange(seen)) changes += 1
      if (isListing(seen)) listings += 1
      if (isOver) return nothing
      const isMet = ({ at, among }: World['faults'][number]) => {
        if (among === 'changes') return isChange(seen) && at === changes - 1
        if (among === 'listings') return isListing(seen) && at === listings - 1
        return at === index
      }
      return {
        deeds: interruptions.flatMap((one) =>
          'deed' in one && one.at === index ? [one.deed] : [],
        ),
        replacements: replacements(seen, 'before'),
        fault: faults.find(isMet)?.fault,
      }
    },
    /** What M³ writes over the file that a request was about, the moment it is over. */
    after(seen: Seen): readonly number[] {
      return isOver ? [] : replacements(seen, 'after')
    },
    end(): void {
      isOver = true
    },
  }
}

function isReplacement(one: Interruption): one is Extract<Interruption, { content: number }> {
  return 'when' in one
}
