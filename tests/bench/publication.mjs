// Publications to measure with, full of random bytes.
import { createHash, randomFillSync } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import initSqlJs from 'sql.js'

/** As large as a bound volume: 30 MB, of which the database is 8 MB. */
export const large = { pictures: 200, pictureBytes: 110_000, databaseBytes: 8_000_000 }

/** So small that reading it costs no more than being ready for it. */
export const tiny = { pictures: 25, pictureBytes: 100, databaseBytes: 8000 }

const documents = 400
const paragraphs = 60
const mtime = '2026-01-01T00:00:00'

const tables = `
  CREATE TABLE Publication (Symbol TEXT, UndatedSymbol TEXT, UniqueEnglishSymbol TEXT, IssueTagNumber INTEGER,
    MepsLanguageIndex INTEGER, Year INTEGER);
  CREATE TABLE Document (DocumentId INTEGER PRIMARY KEY, MepsDocumentId INTEGER, Class TEXT, Title TEXT, Content BLOB);
  CREATE TABLE DatedText (DocumentId INTEGER, FirstDateOffset INTEGER, LastDateOffset INTEGER);
  CREATE TABLE Multimedia (MultimediaId INTEGER PRIMARY KEY, MimeType TEXT, CategoryType INTEGER, Label TEXT,
    FilePath TEXT);
  CREATE TABLE DocumentMultimedia (DocumentId INTEGER, MultimediaId INTEGER, BeginParagraphOrdinal INTEGER);
  CREATE TABLE DocumentParagraph (DocumentId INTEGER, ParagraphIndex INTEGER, ParagraphNumberLabel TEXT);
  INSERT INTO Publication VALUES ('w26', 'w', 'w26', 20260900, 0, 2026);
`

/** The bytes of a publication's file. */
export async function publicationOf({ pictures, pictureBytes, databaseBytes }) {
  const database = await databaseOf({ pictures, databaseBytes })
  const files = Array.from({ length: pictures }, (_, index) => [nameOf(index), noise(pictureBytes)])
  const inner = Object.fromEntries([['w26.db', database], ...files])
  const contents = zipSync(inner, { level: 0, mtime })
  const hash = createHash('sha256').update(contents).digest('hex')
  const manifest = strToU8(JSON.stringify({ hash, publication: { fileName: 'w26.db' } }))
  return zipSync({ 'manifest.json': manifest, contents }, { level: 6, mtime })
}

function nameOf(index) {
  return `picture-${index}.jpg`
}

async function databaseOf({ pictures, databaseBytes }) {
  const { Database } = await initSqlJs()
  const database = new Database()
  database.run('BEGIN')
  database.run(tables)
  for (let id = 1; id <= documents; id += 1) putDocument(database, id, databaseBytes / documents)
  for (let index = 0; index < pictures; index += 1) putPicture(database, index)
  database.run('COMMIT')
  const bytes = database.export()
  database.close()
  return bytes
}

function putDocument(database, id, bytes) {
  const content = noise(bytes)
  database.run('INSERT INTO Document VALUES (?, ?, 40, ?, ?)', [id, id, `Document ${id}`, content])
  database.run('INSERT INTO DatedText VALUES (?, ?, ?)', [id, 20260000 + id, 20260006 + id])
  for (let index = 1; index <= paragraphs; index += 1)
    database.run('INSERT INTO DocumentParagraph VALUES (?, ?, ?)', [id, index, String(index)])
}

function putPicture(database, index) {
  const row = [index, 'image/jpeg', 8, `Picture ${index}`, nameOf(index)]
  database.run('INSERT INTO Multimedia VALUES (?, ?, ?, ?, ?)', row)
  // Twenty-five to a document, as many as a week shows.
  database.run('INSERT INTO DocumentMultimedia VALUES (?, ?, ?)', [
    1 + Math.floor(index / 25),
    index,
    index % 25,
  ])
}

function noise(bytes) {
  return randomFillSync(new Uint8Array(bytes))
}
