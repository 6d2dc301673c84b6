import initSqlJs from 'sql.js'
import { openPublication } from '../../src/adapters/jwpub/publication.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { publicationReaderContract } from './publication-reader-contract.ts'

const sqlite = await initSqlJs()

publicationReaderContract('here', () => ({
  open: (file, options) => openPublication(file, { sqlite, ...options }),
}))
publicationReaderContract('over messages', () => publicationReader({ startWorker: readerWorker }))
