import initSqlJs from 'sql.js'
import { openPlaylist } from '../../src/adapters/jwpub/playlist.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { playlistReaderContract } from './playlist-reader-contract.ts'

const sqlite = await initSqlJs()

playlistReaderContract('here', () => ({
  openPlaylist: (file, options) => openPlaylist(file, { sqlite, ...options }),
}))
playlistReaderContract('over messages', () => publicationReader({ startWorker: readerWorker }))
