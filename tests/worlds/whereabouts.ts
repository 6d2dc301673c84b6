// Where files must be, by what was said of them.
import type { Act, StampedAct } from '../../src/domain/act.ts'
import type { Place } from '../../src/domain/day.ts'
import { parentOf, placeOf, trashFolder } from '../../src/domain/layout.ts'
import type { ContentKey } from '../../src/domain/media.ts'
import { bytesOf } from './m3.ts'
import type { Town } from './town.ts'
import type { Presence } from './witness.ts'
import { hasDeed, hoursIn, lastWords, waitingIds, type LastWord } from './words.ts'

/** What was ever there is there still, unless somebody removed it, or took it elsewhere, or M³ did away with it. */
export function nothingLost(town: Town): string[] {
  const { witness, acts, texts, discarded } = town
  const present = new Set(witness.present().map(({ place, text }) => JSON.stringify([place, text])))
  const lost = witness.everything().filter((presence) => {
    if (present.has(JSON.stringify([presence.place, presence.text]))) return false
    const isGone = acts.some(({ act }) => isTakenAway(town, act, presence))
    return !isGone && !witness.isExcused(presence) && !restsUnknown(town, presence.text)
  })
  const unsent = acts.filter(({ id, act }) => {
    if (act.do !== 'add' || discarded.has(id)) return false
    return !witness.wasThere({ place: act.place, text: texts.get(act.key) ?? '' })
  })
  return [
    ...lost.map(({ place, text }) => `gone and nobody removed it: ${text} on ${place}`),
    ...unsent.map(({ id, act }) => `never arrived: ${id} ${act.name}`),
  ]
}

// What was moved must have stood where it was moved to.
function isTakenAway({ witness, texts }: Town, act: Act, { place, text }: Presence): boolean {
  if ((act.do !== 'remove' && act.do !== 'move') || act.place !== place) return false
  const { key, size } = act
  const isIt = key === undefined ? size === bytesOf(text).length : texts.get(key) === text
  return isIt && (act.do === 'remove' || witness.wasThere({ place: act.into, text }))
}

// Whose browser was cleared right after its removal took M³'s last-moment bytes along, brings nothing back: nobody knows
// any more where they stood. They rest in the trash.
function restsUnknown({ server, world }: Town, text: string): boolean {
  if (!hasDeed(world, 'lose data')) return false
  return server.tree.all().some(([path, node]) => {
    if (node === 'folder' || parentOf(path) !== trashFolder) return false
    return new TextDecoder().decode(node.bytes) === text
  })
}

/** What an act says of the bytes at a place. */
type FileWord = {
  readonly place: Place
  readonly name: string
  readonly key: ContentKey | undefined
  readonly isThere: boolean
}

function fileWords(act: Act): FileWord[] {
  switch (act.do) {
    case 'add':
    case 'restore':
      return [{ ...act, key: act.key, isThere: true }]
    case 'remove':
      return [{ ...act, key: act.key, isThere: false }]
    case 'rename':
      return [{ place: act.place, name: act.to, key: act.key, isThere: true }]
    case 'move':
      return [
        { place: act.place, name: act.name, key: act.key, isThere: false },
        { place: act.into, name: act.to, key: act.key, isThere: true },
      ]
    default:
      return []
  }
}

const subjectOf = ({ place, key }: FileWord) => JSON.stringify([place, key])

// Who never had the bytes of what he brings, names it only.
function isBroughtByName({ key, isThere }: FileWord): boolean {
  return key === undefined && isThere
}

/** What a last word says of its own subject. */
function wordOf({ subject, stamped }: Pick<LastWord, 'subject' | 'stamped'>): FileWord | undefined {
  return fileWords(stamped.act).find((word) => subjectOf(word) === subject)
}

/** Where whoever spoke last about a file knew what was said before, and M³ left it alone, his word holds. */
export async function filesHold(town: Town): Promise<string[]> {
  const { acts, discarded, world } = town
  // What rested in the trash is gone with it, or after 30 days.
  if (hasDeed(world, 'wipe _sync') || hoursIn(world) > 30 * 24) return []
  const waiting = await waitingIds(town)
  const words = lastWords(town, ({ act }) => fileWords(act).map(subjectOf))
  // Who removes, renames or moves what he never had the bytes of, names it only.
  const isTakenByName = (place: Place) =>
    acts.some(
      ({ act }) =>
        (act.do === 'remove' || act.do === 'rename' || act.do === 'move') &&
        act.place === place &&
        act.key === undefined,
    )
  // What was given up, or waits, leaves those that came after it nothing to work on.
  const isUndone = (key: ContentKey) =>
    acts.some(
      ({ id, act }) =>
        (waiting.has(id) || discarded.has(id)) && fileWords(act).some((one) => one.key === key),
    )
  return words.flatMap((last) => {
    const { act } = last.stamped
    const word = wordOf(last)
    if (!word?.key || isUndone(word.key)) return []
    if (fileWords(act).some(({ place }) => isTakenByName(place))) return []
    if (!word.isThere) return leftBehind(town, last.stamped, word)
    if (act.do === 'move' && !words.some((one) => isSource(one, last))) return []
    // Somebody who did not know of it may have taken it away on its way there.
    const isSettled = (at: Place) =>
      words.some(({ subject }) => subject === subjectOf({ ...word, place: at }))
    if (!wayTo(town, word.place, word.key).every(isSettled)) return []
    if (act.do === 'rename' && !wasThere(last)) return []
    return missing(town, word)
  })
}

// A move takes along what was there.
function isSource(source: LastWord, { stamped }: LastWord): boolean {
  if (source.stamped.id !== stamped.id || wordOf(source)?.isThere !== false) return false
  return wasThere(source)
}

/** Whether the word before says that the file was there. */
function wasThere({ subject, before, isContested }: LastWord): boolean {
  if (!before) return true
  return !isContested && wordOf({ subject, stamped: before })?.isThere === true
}

function missing(town: Town, { place, key }: FileWord): string[] {
  const { witness, texts } = town
  const text = texts.get(key ?? '') ?? ''
  const places = wayTo(town, place, key)
  const isExcused = places.some((one) => witness.isExcused({ place: one, text }))
  const isThere = witness.present().some((one) => one.place === place && one.text === text)
  return isExcused || isThere ? [] : [`not brought there: ${text} on ${place}`]
}

/** The places that a file came through on its way to another one, that one included. */
function wayTo({ acts }: Town, place: Place, key: ContentKey | undefined): Place[] {
  const places = [place]
  // The list grows while it is walked through.
  for (const at of places) {
    for (const { act } of acts) {
      const leads = act.do === 'move' && act.into === at && act.key === key
      if (leads && !places.includes(act.place)) places.push(act.place)
    }
  }
  return places
}

/** What was taken away does not stand there under its name any more, unless somebody gave that name to another file. */
function leftBehind(town: Town, stamped: StampedAct, { place, name, key }: FileWord): string[] {
  const { server, texts, acts } = town
  const text = texts.get(key ?? '')
  const isNamedSo = acts.some(({ act }) => {
    const isRenamed = act.do === 'rename' && act.place === place && act.to === name
    return isRenamed || fileWords(act).some((one) => one.place === place && isBroughtByName(one))
  })
  if (isNamedSo || isOfM3(town, stamped, place)) return []
  const paths = server.tree.all().flatMap(([path, node]) => {
    if (node === 'folder' || placeOf(parentOf(path)) !== place) return []
    const isIt = path.endsWith(`/${name}`) && new TextDecoder().decode(node.bytes) === text
    return isIt ? [path] : []
  })
  return paths.map((path) => `left behind: ${path}, ${JSON.stringify(stamped.act)}`)
}

/** Whether M³ had its hands on that place since an act was done, or an upload under way. */
function isOfM3({ story, saidAt }: Town, { id }: StampedAct, place: Place): boolean {
  const isIt = (line: string) => /^ *M³/.test(line) && placesIn(line).includes(place)
  const isBegun = (line: string) => isIt(line) && line.includes('begins')
  return story.slice(saidAt.get(id) ?? 0).some(isIt) || story.some(isBegun)
}

function placesIn(line: string): (Place | undefined)[] {
  return [...line.matchAll(/Media\/[^/]+/g)].map(([folder]) => placeOf(folder))
}
