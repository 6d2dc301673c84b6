// Adding from a playlist of JW Library's.
import { playlistChoosables } from '../../domain/playlist-choices.ts'
import { programmeWords } from '../../domain/programme-words.ts'
import { settingsOf } from '../facts.ts'
import type { OpenPlaylist, PlaylistReader } from '../ports.ts'
import { choiceList, type ChoiceList } from './choice.ts'
import { filmOffers, type JworgPorts } from './film-offers.ts'
import { leaseOf, type Lease } from './lease.ts'

type PlaylistPorts = JworgPorts & { readonly reader: PlaylistReader }

/** A playlist that something may be chosen from. It is closed by itself when nobody asks it for a while. */
export type PlaylistOffers = {
  /** '' where it has no name. */
  readonly name: string
  readonly list: ChoiceList
}

type Given = {
  readonly profile: string
  readonly file: File
  readonly signal?: AbortSignal | undefined
}

/** Opens a playlist; rejects with 'bad-playlist' where the file is none. */
export async function openPlaylistFile(
  ports: PlaylistPorts,
  { profile, file, signal }: Given,
): Promise<PlaylistOffers> {
  const opened = await ports.reader.openPlaylist(file, { signal })
  const open = () => ports.reader.openPlaylist(file)
  const lease: Lease<OpenPlaylist> = leaseOf({ open, clock: ports.clock }, opened)
  const { media } = await settingsOf(ports.store, profile)
  const languages = [media.language, media.fallback].filter((code) => code !== undefined)
  const list = choiceList(playlistChoosables(opened.rows, languages), {
    inside: (path) => lease.use((one) => one.part(path)),
    films: filmOffers(ports, { profile, media }),
    words: programmeWords(media.language),
  })
  return { name: opened.name, list }
}
