import type { Day } from './day.ts'
import { isInside, sharedPath } from './inside.ts'
import type {
  CatalogueItem,
  CatalogueMeeting,
  CatalogueWeek,
  Companion,
  MissingItem,
} from './media.ts'
import type { PublishedWeek } from './published-week.ts'

/**
 * A week as the list decides it: which items there are, and what they are called. The bytes are those that this device
 * found, where it knows the item; else those of the list. `isHere` tells of bytes that no network has an address for.
 */
export function decidedWeek(
  own: CatalogueWeek,
  published: PublishedWeek,
  isHere: (md5: string) => boolean,
): CatalogueWeek {
  const list = withNews(published, own)
  const origins = new Set([...own.items, ...(own.publications ?? [])].map(originOf))
  const isFine = (file: Companion) => (isInside(file) ? isHere(file.md5) : isTrusted(file, origins))
  const known = new Map(own.items.map((item) => [placeOf(item), item]))
  const items = list.items.map((item) => {
    const found = known.get(placeOf(item))
    return found ? { ...found, name: item.name } : withCompanions(item, isFine)
  })
  const isHad = (item: CatalogueItem) =>
    isInside(item) ? isHere(item.md5) : known.has(placeOf(item)) || isTrusted(item, origins)
  const lacking = items.filter((item) => !isHad(item))
  const names = new Set(items.map(({ name }) => name))
  const missing = [
    ...(own.missing ?? []).filter(({ name }) => !names.has(name)),
    ...lacking.map(({ day, name }): MissingItem => ({
      day,
      name,
      failure: { kind: 'not-stored', name },
    })),
  ]
  return { ...own, items: items.filter(isHad), missing, meetings: meetingsBy(own, list) }
}

// What JW.org had not published when the list was made, this device may have read since.
function withNews(list: PublishedWeek, { items, meetings = [] }: CatalogueWeek): PublishedWeek {
  const found = new Set(meetings.filter(({ state }) => state === 'found').map(slotOf))
  const isNews = (slot: CatalogueMeeting) =>
    slot.state === 'not-published' && found.has(slotOf(slot))
  const days = new Set(list.meetings.filter(isNews).map(({ day }) => day))
  const isOld = ({ day }: { readonly day: Day }) => !days.has(day)
  return {
    ...list,
    items: [...list.items.filter(isOld), ...items.filter((item) => !isOld(item))],
    meetings: list.meetings.filter(isOld),
  }
}

// Subtitles and markers that cannot be had here are left out: the film is shown all the same.
function withCompanions(
  { companions = [], ...item }: CatalogueItem,
  isFine: (file: Companion) => boolean,
): CatalogueItem {
  const fine = companions.filter(isFine)
  return fine.length > 0 ? { ...item, companions: fine } : item
}

// Whoever may write into the sync folder must not send all devices to an address of his own.
function isTrusted(
  item: Pick<CatalogueItem, 'url'>,
  origins: ReadonlySet<string | undefined>,
): boolean {
  const shared = sharedPath(item.url)
  if (shared !== undefined) return sharedPicture.test(shared)
  const origin = originOf(item)
  return origin !== undefined && (origins.has(origin) || jworgOrigin.test(origin))
}

const sharedPicture = /^_sync\/weeks\/[0-9a-f]{32}\.[a-z0-9]{2,5}$/
const jworgOrigin = /^https:\/\/(?:[a-z0-9-]+\.jw-cdn\.org|[a-z0-9-]+\.akamaihd\.net)$/

function originOf({ url }: Pick<CatalogueItem, 'url'>): string | undefined {
  return /^(https?:\/\/[a-z0-9.:[\]-]+)\//i.exec(url)?.[1]?.toLowerCase()
}

function slotOf({ day, kind }: CatalogueMeeting): string {
  return day + kind
}

function placeOf({ day, id }: CatalogueItem): string {
  return JSON.stringify([day, id])
}

// A publication that this device could not read is as good as found where the list tells what is in it.
function meetingsBy({ meetings = [] }: CatalogueWeek, list: PublishedWeek): CatalogueMeeting[] {
  const found = new Map(list.meetings.map((meeting) => [slotOf(meeting), meeting]))
  return meetings.map((meeting) => found.get(slotOf(meeting)) ?? meeting)
}
