import { devicesFolder, parentOf, syncTop, versionOf, type Entry } from '../domain/layout.ts'
import { compareText } from '../domain/naming.ts'
import type { Remote, Store } from './ports.ts'

type GlancePorts = { readonly store: Store; readonly remote: Remote }

type GlanceOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/** Whether another device has written since the last look: its file in the sync folder tells, in one request. */
export async function glance(
  { store, remote }: GlancePorts,
  { profile, signal }: GlanceOptions,
): Promise<boolean> {
  const known = await store.document(profile, 'listing')
  if (!known?.entries.some(({ path }) => path === syncTop)) return true
  const now = await remote.list(devicesFolder, { signal })
  const before = known.entries.filter(({ path }) => parentOf(path) === devicesFolder)
  return versionsText(now) !== versionsText(before)
}

function versionsText(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => JSON.stringify([entry.path, versionOf(entry)]))
  return lines.sort(compareText).join()
}
