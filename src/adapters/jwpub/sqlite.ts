import initSqlJs, { type SqlJsStatic } from 'sql.js'
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url'
import { Failed } from '../../domain/failure.ts'

const fetchMs = 30_000

let loading: Promise<SqlJsStatic> | undefined

/** SQLite, loaded when it is first asked for; rejects with 'unreachable' where it cannot be had now. */
export function loadSqlite(): Promise<SqlJsStatic> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw new Failed({ kind: 'unreachable' }, { cause: error })
  })
  return loading
}

// Fetched here and not by the library, which would never try again once it had failed.
async function load(): Promise<SqlJsStatic> {
  const response = await fetch(wasmUrl, { signal: AbortSignal.timeout(fetchMs) })
  if (!response.ok) throw new Error(`status ${response.status}`)
  return initSqlJs({ wasmBinary: await response.arrayBuffer() })
}
