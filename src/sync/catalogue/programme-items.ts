import type { CatalogueItem, MissingItem } from '../../domain/media.ts'
import { joinName, splitName } from '../../domain/naming.ts'
import { programmeNames } from '../../domain/programme-names.ts'
import { programmeWords } from '../../domain/programme-words.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Day } from '../../domain/day.ts'
import { bytesFor, extensionFor, type FoundBytes, type NoBytes } from './bytes.ts'
import { companionsOf } from './companions.ts'
import type { WeekScene } from './week-scene.ts'

/** What a meeting shows; `isWhole` unless another time may bring more. */
export type MeetingItems = {
  readonly items: readonly CatalogueItem[]
  readonly missing: readonly MissingItem[]
  readonly isWhole: boolean
}

/** Several into one, in their order. */
export function joined(parts: readonly MeetingItems[]): MeetingItems {
  return {
    items: parts.flatMap(({ items }) => items),
    missing: parts.flatMap(({ missing }) => missing),
    isWhole: parts.every(({ isWhole }) => isWhole),
  }
}

/** Finds the bytes of all that a programme shows, and names them; what cannot be had is missing. */
export async function catalogueItems(
  programme: Programme,
  day: Day,
  scene: WeekScene,
): Promise<MeetingItems> {
  const all = programme.parts.flatMap(({ items }) => items)
  const found = new Map(
    await Promise.all(all.map(async (item) => [item.id, await bytesFor(item, scene)] as const)),
  )
  const names = programmeNames(programme, {
    words: programmeWords(scene.media.language),
    titleOf: ({ id }) => titleIn(found.get(id)),
  })
  const parts = all.map(({ id }) =>
    itemWithCompanions({ id, day, name: names.get(id) ?? id }, found.get(id), scene),
  )
  return joined(await Promise.all(parts))
}

function titleIn(bytes: FoundBytes | NoBytes | undefined) {
  if (bytes?.url === undefined) return undefined
  const title = bytes.film?.file.title
  return { extension: extensionFor(bytes), ...(title !== undefined && { title }) }
}

type Named = Pick<CatalogueItem, 'id' | 'day' | 'name'>

async function itemWithCompanions(
  { id, day, name }: Named,
  bytes: FoundBytes | NoBytes | undefined,
  scene: WeekScene,
): Promise<MeetingItems> {
  if (bytes?.url === undefined) {
    const lacking = { day, name, ...(bytes?.page !== undefined && { url: bytes.page }) }
    return { items: [], missing: [lacking], isWhole: bytes?.isPassing === false }
  }
  const { url, size, md5, film } = bytes
  const { companions, lost } = film ? await companionsOf(film, scene) : { companions: [], lost: [] }
  const item = { id, day, name, url, size, md5, ...(companions.length > 0 && { companions }) }
  const { stem } = splitName(name)
  const missing = lost.map(({ extension, ...why }) => {
    return { day, name: joinName({ stem, extension }), ...why }
  })
  return { items: [item], missing, isWhole: lost.length === 0 }
}
