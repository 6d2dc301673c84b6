// What the VO decides for everyone: `forcedPrefs.json`, which M³ and other VOs change too.
import { Failed } from '../domain/failure.ts'
import { isSameValue } from '../domain/decisions.ts'
import { changeTo, writeForced, type ForcedChange, type ForcedFile } from '../domain/forced.ts'
import {
  forcedPath,
  tempFolder,
  tempPath,
  trashFolder,
  trashPath,
  type Entry,
} from '../domain/layout.ts'
import { latestOf } from '../domain/media.ts'
import { forcibleKeys, settingOf } from '../domain/settings.ts'
import { maxDocumentBytes, parseForced, parseJson } from './documents.ts'
import { storedForced } from './look/read-documents.ts'
import { patient } from './patience.ts'
import type { Clock, Remote, Store } from './ports.ts'
import { tellingReaders } from './publish/access.ts'
import { insist, type RunPorts } from './publish/insist.ts'
import { entryAt, keepChanges, workingCopy } from './publish/working-copy.ts'

type ForcePorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type ForceOptions = {
  readonly profile: string
  /** The user's word that a file which nobody can read may be replaced by what was last known of it. */
  readonly replaceUnreadable?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** `id` names what this run puts into `_sync`. */
type Run = RunPorts & { readonly store: Store; readonly id: string }

/** What stands there: nothing, bytes that nobody can read (`json` is missing), or a settings file. */
type Found = {
  readonly entry?: Entry
  readonly body?: Blob
  readonly json?: unknown
  readonly file: ForcedFile
}

const nothing: Found = { file: { forced: {}, ignored: [] } }

// No condition of HTTP is relied upon: between the last look at the file and the MOVE somebody else may move his into
// place. After so long his is there, and whoever lost his change sees it and does it again.
const settleMs = 2_000

/**
 * Changes what the congregation has decided for everyone, key by key: what others changed since stays, and so does all
 * that Lectern does not know. Keeps what stands there in the end. Rejects with 'bad-answer' where the file cannot be
 * understood, with 'forbidden' where the account may only read.
 */
export async function changeForced(
  { store, remote: asked, clock }: ForcePorts,
  change: ForcedChange,
  options: ForceOptions,
): Promise<void> {
  const { profile, signal } = options
  const remote = patient(tellingReaders(asked, signal), { clock, signal })
  const run: Run = { store, clock, remote, copy: workingCopy(remote, signal), id: clock.newId() }
  await insist(run, () => changeOnce(run, change, options), options)
  await keepChanges(store, profile, run.copy)
}

async function changeOnce(run: Run, change: ForcedChange, options: ForceOptions): Promise<void> {
  await run.copy.see('')
  const before = await find(run, options)
  const text = writeForced(before.json ?? (await lastKnown(run, options)), change)
  const isNews = text !== (before.entry ? textOf(before) : '{}')
  if (isNews) await replace(run, { before, text }, options)
  const after = isNews ? await findAgain(run, options) : before
  if (isNews && (!after.entry || isUndone(change, before.file, after.file))) throw changed()
  await keep(run, after, options)
}

/** The file as it is now, if the working copy has it listed. */
async function find(
  { remote, copy }: Run,
  { signal, replaceUnreadable }: ForceOptions,
): Promise<Found> {
  const entry = copy.at(forcedPath)
  if (!entry) return nothing
  if (entry.size > maxDocumentBytes && !replaceUnreadable) throw unreadable()
  const { blob: body } = await remote.read(forcedPath, { signal })
  const text = await body.text()
  const file = parseForced(text)
  if (file) return { entry, body, json: parseJson(text), file }
  if (!replaceUnreadable) throw unreadable()
  return { ...nothing, entry, body }
}

async function findAgain(run: Run, options: ForceOptions): Promise<Found> {
  await run.copy.seeAgain('')
  return find(run, options)
}

// However it is laid out: the same settings need not be written again.
function textOf({ json }: Found): string | undefined {
  return json === undefined ? undefined : JSON.stringify(json, null, 2)
}

// A file that vanished frees nothing before a look has passed the gate; until then the last known holds.
async function lastKnown({ store }: Run, { profile }: ForceOptions): Promise<unknown> {
  const known = await store.document(profile, 'forced')
  return parseJson(writeForced({}, changeTo(known?.forced ?? {})))
}

async function replace(
  run: Run,
  { before, text }: { readonly before: Found; readonly text: string },
  options: ForceOptions,
): Promise<void> {
  const { remote, clock, id } = run
  const { signal } = options
  await putWhole(run, text, signal)
  if (before.body && before.json === undefined) await putAside(run, before.body, signal)
  const now = await findAgain(run, options)
  if ((await now.body?.text()) !== (await before.body?.text())) throw changed()
  await remote.move(tempPath(id), forcedPath, { signal, overwrite: true })
  await clock.wait(settleMs, { signal })
}

async function putWhole({ remote, copy, id }: Run, text: string, signal?: AbortSignal) {
  const body = new Blob([text], { type: 'application/json' })
  const path = tempPath(id)
  await copy.ensure(tempFolder)
  await remote.write(path, body, { signal })
  const { size } = await entryAt(remote, path, signal)
  if (size !== body.size) throw new Failed({ kind: 'bad-answer', path })
}

// A copy, not a move: as long as no other file stands there, this one shows that there is one.
async function putAside({ remote, copy, id }: Run, body: Blob, signal?: AbortSignal) {
  await copy.ensure(trashFolder)
  await remote.write(trashPath(id), body, { signal })
}

/** True where a value is again what it was before it was changed: somebody wrote who had not seen the change. */
function isUndone(change: ForcedChange, before: ForcedFile, after: ForcedFile): boolean {
  return forcibleKeys.some((key) => {
    const [was, is] = [before, after].map(({ forced }) => settingOf(forced, key))
    return key in change && !isSameValue(change[key], was) && isSameValue(is, was)
  })
}

async function keep(
  { store, clock, copy }: Run,
  { entry, file }: Found,
  { profile }: ForceOptions,
): Promise<void> {
  if (!entry) return store.putDocument(profile, 'forced', { version: '', forced: {} })
  copy.put(entry)
  const known = await store.document(profile, 'forced')
  const times = { latest: latestOf(copy.listing().entries), now: clock.now() }
  await store.putDocument(profile, 'forced', storedForced(entry, file, { ...times, known }))
}

function changed(): Failed {
  return new Failed({ kind: 'changed', path: forcedPath })
}

function unreadable(): Failed {
  return new Failed({ kind: 'bad-answer', path: forcedPath })
}
