import type { StampedAct } from '../domain/act.ts'
import { Failed, failureOf, type Failure } from '../domain/failure.ts'
import { compact, mergeJournals, type DeviceFile, type Note } from '../domain/journal.ts'
import {
  devicePath,
  devicesFolder,
  nameOf,
  parentOf,
  tempFolder,
  tempPath,
  versionOf,
  type Listing,
} from '../domain/layout.ts'
import { refOf } from '../domain/media.ts'
import type { HeldFile } from '../domain/plan.ts'
import { renderDeviceFile } from './documents.ts'
import { settingsOf } from './facts.ts'
import type { Clock, Remote, Store } from './ports.ts'
import type { Trouble } from './receipt.ts'
import { sendAct } from './send-act.ts'
import type { PutFile, SendPorts } from './sending.ts'
import { workingCopy, type WorkingCopy } from './working-copy.ts'

export type PublishPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

export type PublishOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  /** Hears how far the file of an act is. */
  readonly onSent?: ((act: StampedAct, bytes: number) => void) | undefined
}

/** How many acts went out, and what kept others back or changed their meaning. */
export type Published = { readonly sent: number; readonly troubles: readonly Trouble[] }

/**
 * Sends the outbox to the sync folder in order. An act that this act alone cannot be sent (its bytes are gone, the
 * folder is full) waits and lets the others pass, unless they speak of the same file; anything else ends the run and
 * rejects. What was done up to then stays done.
 */
export async function publish(ports: PublishPorts, options: PublishOptions): Promise<Published> {
  const { store, remote } = ports
  const waiting = await store.outbox(options.profile)
  if (waiting.length === 0) return { sent: 0, troubles: [] }
  const copy = workingCopy(remote, options.signal)
  const troubles: Trouble[] = []
  const kept = new Set<string>()
  try {
    for (const { stamped } of waiting.filter(({ isSent }) => !isSent)) {
      if (subjectsOf(stamped).some((subject) => kept.has(subject))) continue
      const trouble = await sendOrKeep({ ...ports, copy }, stamped, options)
      if (trouble) troubles.push(trouble)
      if (trouble && isActsOwn(trouble.failure))
        for (const subject of subjectsOf(stamped)) kept.add(subject)
    }
  } finally {
    await patchListing(store, options.profile, copy)
  }
  return { sent: await settle(ports, copy, options), troubles }
}

// Acts on one file keep their order: none overtakes an earlier one that waits.
function subjectsOf({ act }: StampedAct): string[] {
  if (act.do === 'hide' || act.do === 'show') return [JSON.stringify([act.day, act.item])]
  const names = act.do === 'rename' ? [act.name, act.to] : [act.name]
  return names.map((name) => JSON.stringify([act.place, name]))
}

function isActsOwn({ kind }: Failure): boolean {
  return (
    kind === 'not-stored' || kind === 'too-large' || kind === 'remote-full' || kind === 'locked'
  )
}

async function sendOrKeep(
  ports: PublishPorts & SendPorts,
  stamped: StampedAct,
  options: PublishOptions,
): Promise<Trouble | undefined> {
  const name = stamped.act.name
  try {
    const settings = await settingsOf(ports.store, options.profile)
    const { put, overruled } = await sendAct(ports, stamped, {
      dayFormat: settings.dayFormat,
      signal: options.signal,
      onSent: (bytes) => options.onSent?.(stamped, bytes),
    })
    await keepSent(ports, stamped, { ...options, put })
    return overruled && { name, failure: { kind: 'changed', path: name } }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure || !isActsOwn(failure)) throw error
    return { name, failure }
  }
}

/** Remembers that an act took effect: in this device's journal and, for a file, in the manifest, so nobody fetches it. */
async function keepSent(
  { store, copy, clock }: PublishPorts & SendPorts,
  stamped: StampedAct,
  { profile, put }: PublishOptions & { put?: PutFile | undefined },
): Promise<void> {
  const own = await ownJournal(store, profile)
  const acts = compact(mergeJournals(own.acts, [stamped]), clock.today())
  const notes = put ? withNote(own.notes, noteOf(put)) : own.notes
  await store.putDocument(profile, 'ownJournal', { ...own, acts, notes })
  if (put) await store.putFiles(profile, [heldFile(put)])
  await patchListing(store, profile, copy)
  await store.markSent(profile, [stamped.id])
}

function noteOf({ place, entry, key }: PutFile): Note {
  return { place, name: nameOf(entry.path), version: versionOf(entry), key }
}

function withNote(notes: readonly Note[], note: Note): Note[] {
  return [...notes.filter(({ place, name }) => place !== note.place || name !== note.name), note]
}

function heldFile({ entry, key }: PutFile): HeldFile {
  const version = versionOf(entry)
  return { ref: refOf({ at: 'remote', path: entry.path, version }), version, key }
}

async function ownJournal(store: Store, profile: string): Promise<DeviceFile> {
  const device = await store.device()
  const own = await store.document(profile, 'ownJournal')
  return { acts: [], notes: [], ...own, device: device.id, name: device.name }
}

// What this run listed and did is what the screen shows from now on; other folders stay as they were.
async function patchListing(store: Store, profile: string, copy: WorkingCopy): Promise<void> {
  const stored = await store.document(profile, 'listing')
  if (!stored) return
  const { entries } = copy.listing()
  const listed = new Set(copy.listedFolders())
  const known = new Set(entries.map(({ path }) => path))
  const others = stored.entries.filter(
    ({ path }) => !listed.has(parentOf(path)) && !known.has(path),
  )
  const patched: Listing = { ...stored, entries: [...others, ...entries] }
  await store.putDocument(profile, 'listing', { ...stored, ...patched })
}

/** Writes this device's file, then lets go of the acts that are in it. */
async function settle(
  { store, remote }: PublishPorts,
  copy: WorkingCopy,
  options: PublishOptions,
): Promise<number> {
  const { profile, signal } = options
  const sent = (await store.outbox(profile)).filter(({ isSent }) => isSent)
  if (sent.length === 0) return 0
  const own = await ownJournal(store, profile)
  const body = new Blob([renderDeviceFile(own)], { type: 'application/json' })
  await copy.ensure(tempFolder)
  await copy.ensure(devicesFolder)
  await remote.write(tempPath(own.device), body, { signal })
  const arrived = await remote.stat(tempPath(own.device), { signal })
  if (arrived?.size !== body.size)
    throw new Failed({ kind: 'bad-answer', path: tempPath(own.device) })
  await remote.move(tempPath(own.device), devicePath(own.device), { signal, overwrite: true })
  await store.dequeue(
    profile,
    sent.map(({ stamped }) => stamped.id),
  )
  return sent.length
}
