import { fallback, object, optional, parse, string } from 'valibot'
import type { OpenPlaylist } from '../../sync/ports.ts'
import { openDatabase } from './database.ts'
import { limits } from './limits.ts'
import { playlistOf } from './playlist-rows.ts'
import type { OpenOptions } from './publication.ts'
import { fileSource } from './source.ts'
import { nameOf, reading } from './spoilt.ts'
import type { Entry } from './zip-directory.ts'
import { openZip, type Zip } from './zip.ts'

/** Opens a playlist here and now, as PlaylistReader.openPlaylist. Of its bytes nothing stays in memory. */
export async function openPlaylist(
  file: Blob,
  { sqlite, signal }: OpenOptions,
): Promise<OpenPlaylist> {
  const named = { what: 'playlist', name: nameOf(file) } as const
  return reading({ ...named, signal }, async () => {
    if (file.size > limits.playlistBytes) throw new Error('too large')
    const most = Math.max(limits.inflatedBytes, file.size * limits.playlistRatio)
    const zip = await openZip(fileSource(file), most)
    const database = openDatabase(sqlite, await databaseIn(zip, signal))
    try {
      const sizes = new Map([...zip.entries].map(([path, { size }]) => [path, size]))
      return {
        ...playlistOf(database, sizes),
        part: (path) =>
          reading(named, async () => {
            const entry = zip.entries.get(path)
            return entry && zip.file(entry)
          }),
        close: () => Promise.resolve(),
      }
    } finally {
      database.close()
    }
  })
}

const usual = 'userData.db'

// Backups of JW Library's and its playlists are packed alike.
const manifestSchema = object({
  userDataBackup: optional(object({ databaseName: fallback(string(), usual) })),
})

async function databaseIn(zip: Zip, signal: AbortSignal | undefined) {
  const described = small(zip.entries.get('manifest.json'), limits.manifestBytes)
  const text = new TextDecoder().decode(await zip.unpack(described, signal))
  const { userDataBackup } = parse(manifestSchema, JSON.parse(text))
  const entry = zip.entries.get(userDataBackup?.databaseName ?? usual)
  return zip.unpack(small(entry, limits.databaseBytes), signal)
}

function small(entry: Entry | undefined, mostBytes: number): Entry {
  if (!entry || entry.size > mostBytes) throw new Error('not what a playlist has')
  return entry
}
