import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { settled } from './transaction.ts'
import type { Upgrade } from './upgrades.ts'

/** Answers the open database, opening it where it is not. */
export type Connection<Schema extends DBSchema> = () => Promise<IDBPDatabase<Schema>>

/**
 * A connection that opens on first use, climbs the rungs that are missing, makes way for a newer version of Lectern in
 * another tab, and opens anew after it was closed.
 */
export function connection<Schema extends DBSchema>(
  name: string,
  ladder: readonly Upgrade<Schema>[],
): Connection<Schema> {
  let opened: Promise<IDBPDatabase<Schema>> | undefined
  const forget = () => {
    opened = undefined
  }
  return () => {
    opened ??= open(name, ladder, forget).catch((error: unknown) => {
      forget()
      throw error
    })
    return opened
  }
}

async function open<Schema extends DBSchema>(
  name: string,
  ladder: readonly Upgrade<Schema>[],
  onClose: () => void,
): Promise<IDBPDatabase<Schema>> {
  let broken: { error: unknown } | undefined
  const opening = openDB<Schema>(name, ladder.length, {
    // Nobody awaits what this callback returns: a rung that fails must abort the climb itself.
    upgrade(database, from, _to, transaction) {
      const climb = async () => {
        for (const rung of ladder.slice(from)) await rung(database, transaction)
      }
      settled(transaction, climb).catch((error: unknown) => {
        broken = { error }
      })
    },
    blocking(_current, _blocked, event) {
      onClose()
      ;(event.target as IDBDatabase).close()
    },
    terminated: onClose,
  })
  return opening.catch((error: unknown) => {
    throw broken ? broken.error : error
  })
}
