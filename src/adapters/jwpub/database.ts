import type { Database as SqliteDatabase, SqlJsStatic } from 'sql.js'
import { rowOf, type Field, type Fields, type RowOf } from './fields.ts'
import { limits } from './limits.ts'

/** Tables and their rows; every method throws where the bytes are not what SQLite expects. */
export type Database = {
  /** True where there is such a table, with that column if one is asked for. */
  has(table: string, column?: string): boolean
  /** All rows of what follows FROM; throws where they are more than any publication has. */
  rows<F extends Fields>(fields: F, from: string, values?: readonly number[]): RowOf<F>[]
  close(): void
}

/** Opens a database that lies in memory; whoever opens it closes it. */
export function openDatabase(sqlite: SqlJsStatic, bytes: Uint8Array): Database {
  const database = new sqlite.Database(bytes)
  try {
    // What a schema brings along, it may not do.
    database.exec('PRAGMA query_only = 1; PRAGMA trusted_schema = 0; PRAGMA cell_size_check = 1')
    return reading(database, tablesOf(database))
  } catch (error) {
    database.close()
    throw error
  }
}

type Tables = ReadonlyMap<string, ReadonlySet<string>>

function reading(database: SqliteDatabase, tables: Tables): Database {
  const has = (table: string, column?: string) => {
    const columns = tables.get(table)
    return columns !== undefined && (column === undefined || columns.has(column))
  }
  return {
    has,
    rows(fields, from, values = []) {
      const selected = Object.values(fields).map((field) => expressionOf(field, has))
      const sql = `SELECT ${selected.join(', ')} FROM ${from} LIMIT ${limits.rows + 1}`
      const rows = database.exec(sql, [...values])[0]?.values ?? []
      if (rows.length > limits.rows) throw new Error('too many rows')
      return rows.map((row) => rowOf(fields, row))
    },
    close() {
      database.close()
    },
  }
}

// Years differ in their columns, and SQLite keeps what it was given whatever type the column has.
function expressionOf({ column, as }: Field, has: Database['has']): string {
  const [table = '', name] = column.split('.')
  if (!has(table, name)) return 'NULL'
  return as === 'number'
    ? `CAST(${column} AS INTEGER)`
    : `substr(CAST(${column} AS TEXT), 1, ${limits.characters})`
}

// A view may compute without end and a virtual table do anything: neither has a root page, and publications use neither.
function tablesOf(database: SqliteDatabase): Tables {
  const sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT 1000"
  const names = database.exec(sql)[0]?.values.flat().map(String) ?? []
  return new Map(names.map((name) => [name, columnsOf(database, name)]))
}

function columnsOf(database: SqliteDatabase, table: string): ReadonlySet<string> {
  const rows = database.exec('SELECT name FROM pragma_table_info(?)', [table])[0]?.values ?? []
  return new Set(rows.flat().map(String))
}
