import type { StampedAct } from '../domain/act.ts'
import { barsTheWay, Failed, failureOf, type Failure } from '../domain/failure.ts'
import { compact, mergeJournals, type DeviceFile, type Note } from '../domain/journal.ts'
import {
  devicePath,
  devicesFolder,
  nameOf,
  syncTop,
  tempFolder,
  tempPath,
  versionOf,
} from '../domain/layout.ts'
import { refOf } from '../domain/media.ts'
import type { HeldFile } from '../domain/plan.ts'
import { parseDeviceFile, renderDeviceFile } from './documents.ts'
import { knownKeys, settingsOf } from './facts.ts'
import type { Clock, Remote, Store } from './ports.ts'
import type { Trouble } from './receipt.ts'
import { sendAct } from './send-act.ts'
import type { PutFile, SendPorts } from './sending.ts'
import { workingCopy, type WorkingCopy } from './working-copy.ts'

export type PublishPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

export type PublishOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  /** True when nobody asked for it: acts that only a person can help wait a while before they are tried again. */
  readonly isAutomatic?: boolean | undefined
  /** Hears how far the file of an act is. */
  readonly onSent?: ((act: StampedAct, bytes: number) => void) | undefined
}

/** How many acts went out, and what kept others back or changed their meaning. */
export type Published = { readonly sent: number; readonly troubles: readonly Trouble[] }

/**
 * Sends the outbox to the sync folder in order. An act that cannot be sent waits and lets the others pass, unless they
 * speak of the same file; what would meet every act (no network, a wrong password) ends the run and rejects. What was
 * done up to then stays done.
 */
export async function publish(ports: PublishPorts, options: PublishOptions): Promise<Published> {
  const { store, remote } = ports
  const waiting = await store.outbox(options.profile)
  if (waiting.length === 0) return { sent: 0, troubles: [] }
  const copy = workingCopy(remote, options.signal)
  await copy.see('')
  if (copy.at(syncTop)) await recallOwnFile(ports, options)
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

// Only what would meet every other act as well ends a run.
function isActsOwn(failure: Failure): boolean {
  return !barsTheWay(failure)
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
      keyOf: await knownKeys(ports.store, options.profile),
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

// A congregation that was forgotten here and joined again: the device's file still holds its earlier words.
async function recallOwnFile(
  { store, remote }: PublishPorts,
  { profile, signal }: PublishOptions,
): Promise<void> {
  if (await store.document(profile, 'ownJournal')) return
  const { id } = await store.device()
  const path = devicePath(id)
  if (!(await remote.stat(path, { signal }))) return
  const file = parseDeviceFile(await (await remote.read(path, { signal })).blob.text())
  if (file) await store.putDocument(profile, 'ownJournal', file)
}

async function ownJournal(store: Store, profile: string): Promise<DeviceFile> {
  const device = await store.device()
  const own = await store.document(profile, 'ownJournal')
  return { acts: [], notes: [], ...own, device: device.id, name: device.name }
}

// Only what this run did goes into the stored listing. What else is there or gone, the next look must judge by its gate.
async function patchListing(store: Store, profile: string, copy: WorkingCopy): Promise<void> {
  const stored = await store.document(profile, 'listing')
  if (!stored) return
  const { put, dropped } = copy.changes()
  const changed = new Set([...dropped, ...put.map(({ path }) => path)])
  const others = stored.entries.filter(({ path }) => !changed.has(path))
  await store.putDocument(profile, 'listing', { ...stored, entries: [...others, ...put] })
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
