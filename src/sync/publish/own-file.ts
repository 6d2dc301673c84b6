// The one file that this device writes for the others: `_sync/devices/<id>.json`.
import { Failed } from '../../domain/failure.ts'
import {
  devicePath,
  devicesFolder,
  parentOf,
  tempFolder,
  tempPath,
  type Entry,
} from '../../domain/layout.ts'
import type { DeviceFile } from '../../domain/journal.ts'
import type { ToldReceipt } from '../../domain/possession.ts'
import { parseDeviceFile, renderDeviceFile } from '../documents.ts'
import { insist, type RunPorts } from './insist.ts'
import { ownJournal } from './own-journal.ts'
import type { Store } from '../ports.ts'
import { entryAt } from './working-copy.ts'

type OwnPorts = RunPorts & { readonly store: Store }

type OwnOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/** A congregation that was forgotten here and joined again: the device's file still holds its earlier words. */
export async function recallOwnFile(
  { store, remote, copy }: OwnPorts,
  { profile, signal }: OwnOptions,
): Promise<void> {
  if (await store.document(profile, 'ownJournal')) return
  const { id } = await store.device()
  const path = devicePath(id)
  await copy.see(devicesFolder)
  if (!copy.at(path)) return
  const file = parseDeviceFile(await (await remote.read(path, { signal })).blob.text())
  if (file) await store.putDocument(profile, 'ownJournal', stillTrue(file))
}

// What was kept inside the browser is gone with the congregation; a media folder stays.
function stillTrue({ receipt, ...file }: DeviceFile): DeviceFile {
  return receipt?.in === 'folder' ? { ...file, receipt } : file
}

/**
 * Writes this device's file, whole or not at all, and answers what stands there now. `receipt` takes the place of the one
 * that was told last.
 */
export async function putOwnFile(
  ports: OwnPorts,
  { receipt, ...options }: OwnOptions & { readonly receipt?: ToldReceipt },
): Promise<Entry> {
  const { store } = ports
  const own = await ownJournal(store, options.profile)
  const text = renderDeviceFile({ ...own, ...(receipt && { receipt }) })
  const body = new Blob([text], { type: 'application/json' })
  return putWhole(ports, { body, id: own.device, to: devicePath(own.device) }, options)
}

/** A document for `to`; `id` names it on its way. */
type Document = { readonly body: Blob; readonly id: string; readonly to: string }

/** Writes a document over what stands there, whole or not at all, and answers what stands there now. */
export async function putWhole(
  ports: RunPorts,
  document: Document,
  options: { readonly signal?: AbortSignal | undefined },
): Promise<Entry> {
  const entry = await insist(ports, () => moveIntoPlace(ports, document, options), options)
  ports.copy.put(entry)
  return entry
}

async function moveIntoPlace(
  { remote, copy }: RunPorts,
  { body, id, to }: Document,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<Entry> {
  const from = tempPath(id)
  await copy.ensure(tempFolder)
  await copy.ensure(parentOf(to))
  await remote.write(from, body, { signal })
  demandWhole(await entryAt(remote, from, signal), body)
  await remote.move(from, to, { signal, overwrite: true })
  return demandWhole(await entryAt(remote, to, signal), body)
}

function demandWhole(entry: Entry, { size }: Blob): Entry {
  if (entry.size !== size) throw new Failed({ kind: 'bad-answer', path: entry.path })
  return entry
}
