import { Failed } from '../../domain/failure.ts'
import { announce } from './changes.ts'
import { connection } from './connection.ts'
import type { LecternDB, ReadTransaction, StoreName, WriteTransaction } from './schema.ts'
import { nameOf, settled } from './transaction.ts'
import { upgrades } from './upgrades.ts'

/** What a write needs: its object stores, and whose rows it changes. */
type WriteScope = {
  readonly stores: StoreName[]
  readonly profile?: string
  /** True for what nobody could repeat: it is flushed to the disk, with all that was written before. */
  readonly isStrict?: boolean
}

/** Lectern's database: each call is one transaction that takes effect whole or not at all. */
export type Database = {
  read<Result>(
    stores: StoreName[],
    work: (transaction: ReadTransaction) => Promise<Result>,
  ): Promise<Result>
  write<Result>(
    scope: WriteScope,
    work: (transaction: WriteTransaction) => Promise<Result>,
  ): Promise<Result>
}

/** The database of that name, brought up to date on first use. A full disk rejects with 'quota'. */
export function database(name: string): Database {
  const connect = connection<LecternDB>(name, upgrades)
  return {
    read: (stores, work) =>
      mapped(async () => {
        const opened = await connect()
        return settled(opened.transaction(stores, 'readonly'), work)
      }),
    async write({ stores, profile, isStrict = false }, work) {
      const result = await mapped(async () => {
        const opened = await connect()
        const durability = isStrict ? 'strict' : 'relaxed'
        return settled(opened.transaction(stores, 'readwrite', { durability }), work)
      })
      announce({ ...(profile !== undefined && { profile }) })
      return result
    },
  }
}

async function mapped<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (nameOf(error) === 'QuotaExceededError')
      throw new Failed({ kind: 'quota' }, { cause: error })
    // Callers take an AbortError for their own cancellation; this one means that the browser closed the database.
    if (nameOf(error) === 'AbortError') throw new Error('the database was closed', { cause: error })
    throw error
  }
}
