import { failureOf } from '../../domain/failure.ts'
import { isNews, placeText, wayTo } from '../../domain/way.ts'
import type { KnownWays, Way, WayPlace } from '../../domain/way.ts'
import type { Clock, Ways } from '../../sync/ports.ts'
import { placeOfAddress } from './place.ts'
import type { Relay } from './relay.ts'
import { soon, straight, type Send } from './requests.ts'

type LineOptions = {
  readonly relay?: Relay | undefined
  readonly ways: Ways
  readonly now: Clock['now']
}

const onlyDirect: readonly Way[] = ['direct']
const turns: Readonly<Record<Way, readonly Way[]>> = {
  direct: ['direct', 'relay'],
  relay: ['relay', 'direct'],
}

/**
 * One profile's line to JW.org: by the way that is known to work, else straight there, and each other way once where the
 * browser is refused or nobody answers. What brought a file is kept; what JW.org says in a number tells nothing of the way.
 */
export function jworgLine({ relay, ways, now }: LineOptions): Send {
  let known: KnownWays = {}
  let reading: Promise<void> | undefined
  const read = () =>
    (reading ??= ways.known().then((kept) => {
      known = kept
    }))

  async function learn(place: WayPlace, way: Way): Promise<void> {
    const at = now()
    if (!isNews(known, place, { way, now: at })) return
    known = { ...known, [placeText(place)]: { way, at } }
    try {
      await ways.learn(place, way)
    } catch (error) {
      // A full disk is no reason to do without the answer: the next line finds the way again.
      if (!failureOf(error)) throw error
    }
  }

  return async (url, init) => {
    // An address without a host is the app's own server's.
    if (!URL.canParse(url)) return straight(url, init)
    const place = placeOfAddress(url)
    await read()
    const isServed = await relay?.serves(url)
    const ways = isServed ? turns[wayTo(known, place, now()) ?? 'direct'] : onlyDirect
    let refused: unknown
    for (const way of ways) {
      const send = way === ways.at(-1) ? straight : soon
      const answer = await (way === 'relay' ? relay?.ask(url, init) : refusable(send(url, init)))
      if (answer instanceof TypeError) refused = answer
      else if (answer) {
        if (answer.ok) await learn(place, way)
        return answer
      }
    }
    throw refused as TypeError
  }
}

// Browsers throw the same TypeError for a server that does not let this app in (CORS) and for one that is not there.
async function refusable(asking: Promise<Response>): Promise<Response | TypeError> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof TypeError) return error
    throw error
  }
}
