import { apply } from '../../src/domain/act.ts'
import { curate } from '../../src/domain/curation.ts'
import { readListing, type Entry, type Listing } from '../../src/domain/layout.ts'
import { isShown, type Source } from '../../src/domain/media.ts'
import { daysWithin, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import type { Facts } from '../../src/domain/curation.ts'
import type { Act } from '../../src/domain/act.ts'
import type { Day } from '../../src/domain/day.ts'
import { textOfSong } from './programme.ts'
import type { FaultyServer } from '../doubles/faulty-server/server.ts'

type Sight = {
  readonly facts: Facts
  /** The acts of the device that the sync folder does not have yet. */
  readonly unsent: readonly Act[]
  readonly today: Day
  readonly server: FaultyServer
  readonly texts: ReadonlyMap<string, string>
}

/** What a device that saw the sync folder as it is right now would show: each a day with the bytes of a file. */
export function trulyShown({ facts, unsent, today, server, texts }: Sight): Set<string> {
  const contents = apply(unsent, readListing(listingOf(server)))
  const window = windowOf(today, facts.settings.weeks)
  const days = weeksOf(window).flatMap((week) => {
    const covered: readonly string[] = daysWithin(week, window)
    return curate({ ...facts, contents }, week).filter(({ day }) => covered.includes(day))
  })
  const shown = days.flatMap(({ day, items }) =>
    items.filter(isShown).map(({ source }) => `${day} ${textOf(source, server, texts)}`),
  )
  return new Set(shown)
}

// As the server tells it: from the version follows whose bytes a device takes a file for.
function listingOf({ tree, traits: { etags } }: FaultyServer): Listing {
  const isTold = etags === 'strong' || etags === 'numeric'
  const entries = tree.all().map(([path, node]): Entry => {
    if (node === 'folder') return { path, kind: 'folder', size: 0 }
    const { bytes, revision } = node
    const etag = etags === 'numeric' ? `${revision}` : `r${revision}`
    const modified = Math.floor(node.modified / 1000) * 1000
    return { path, kind: 'file', size: bytes.length, modified, ...(isTold && { etag }) }
  })
  return { entries, unread: [] }
}

function textOf(source: Source, server: FaultyServer, texts: Sight['texts']): string {
  if (source.at === 'jworg') return textOfSong(source.url)
  if (source.at === 'device') return texts.get(source.key) ?? ''
  const node = server.tree.at(source.path)
  return node === undefined || node === 'folder' ? '' : new TextDecoder().decode(node.bytes)
}
