// What may happen in a congregation, as data: fast-check makes it (any-world.ts), shrinks it, and prints it.
import type { ScriptedFault } from '../doubles/faulty-server/faults.ts'
import type { Traits } from '../doubles/faulty-server/traits.ts'

/** Breaks into a run of the app before its n-th step, counted from 0: a request, or a write to its store or its disk. */
export type Break = {
  readonly after: number
  /** The tab is closed, the user cancels, or that write finds the disk full. */
  readonly how: 'ends' | 'cancelled' | 'disk full'
}

/** One thing somebody does. Numbers pick from what there is at that time, so that every story makes sense. */
export type Deed = DeviceDeed | TownDeed

/** What is done at a device. */
export type DeviceDeed = { readonly who: number } & (
  | { readonly do: 'add'; readonly place: number; readonly name: number; readonly content: number }
  | { readonly do: 'hide' | 'show' | 'remove' | 'undo' | 'discard'; readonly pick: number }
  | { readonly do: 'rename'; readonly pick: number; readonly name: number }
  | { readonly do: 'move'; readonly pick: number; readonly place: number }
  | { readonly do: 'order'; readonly pick: number; readonly prefix: number }
  | { readonly do: 'rule'; readonly pick: number; readonly rule: number }
  | { readonly do: 'update' | 'look'; readonly broken?: Break }
  | { readonly do: 'offline' | 'online' }
  /** Somebody at the hall's PC takes a file of the media folder away, or copies it onto itself. */
  | { readonly do: 'drop from disk' | 'touch on disk'; readonly pick: number }
  /** Somebody clears the browser's data; the media folder stays. */
  | { readonly do: 'lose data' }
  /** The device's clock is set, so many minutes ahead of the true time. */
  | { readonly do: 'set clock'; readonly aheadMin: number }
)

/**
 * The sync folder is renamed for a while; the server's disk is full; the password is another one; the server's new
 * version leaves things out of deep listings.
 */
type Circumstance = 'folder away' | 'server full' | 'password changed' | 'deep listings lie'

/** What happens to all. */
export type TownDeed =
  /** All update at once; `turns` says whose request comes next. */
  | { readonly do: 'all update'; readonly turns: readonly number[]; readonly broken?: Break }
  | { readonly do: 'pass'; readonly hours: number }
  /** JW.org gives an item another title, or other bytes. */
  | { readonly do: 'retitle' | 're-release'; readonly pick: number }
  | { readonly do: Circumstance; readonly isSo: boolean }
  /** Somebody tidies up, and does not know what `_sync` is for. */
  | { readonly do: 'wipe _sync' }
  | M3Deed

export type M3Deed = {
  readonly do: 'm3'
  readonly what:
    | 'upload'
    | 'upload slowly'
    | 'replace'
    | 'delete'
    /** Another PC, set to another spelling of days, puts the same file into a folder of its own. */
    | 'upload a twin'
    | 'hide'
    | 'show'
    | 'rename'
    | 'purge'
    | 'settings'
  readonly place: number
  readonly name: number
  readonly content: number
}

/**
 * M³ does something between two requests of Lectern: before the `at`-th of all; or it writes over the very file that the
 * `at`-th change is about, right before that or right after.
 */
export type Interruption =
  | { readonly at: number; readonly deed: M3Deed }
  | { readonly at: number; readonly when: 'before' | 'after'; readonly content: number }

export type World = {
  readonly traits: Traits
  readonly devices: number
  /** The last device's account may only read. */
  readonly hasReader: boolean
  /** Somebody else keeps a folder of his own beside ours: then nobody asks for all there is at once. */
  readonly hasNeighbour: boolean
  /** So many folders that mean nothing stand in a day's folder: long listings are where servers stop. */
  readonly crowd: number
  readonly deeds: readonly Deed[]
  readonly faults: readonly ScriptedFault[]
  readonly interruptions: readonly Interruption[]
}
