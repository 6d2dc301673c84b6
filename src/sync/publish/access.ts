import { Failed, failureOf, type Failure } from '../../domain/failure.ts'
import { recallOwnFile, putOwnFile } from './own-file.ts'
import { patient } from '../patience.ts'
import type { Access, Clock, Remote, Store } from '../ports.ts'
import { sweep } from './sweep.ts'
import { keepChanges, workingCopy } from './working-copy.ts'

type AccessPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type AccessOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/**
 * Learns whether the account may change the sync folder, by writing this device's own file, and keeps it. Rejects when
 * the folder cannot be reached or the password is wrong.
 */
export async function learnAccess(ports: AccessPorts, options: AccessOptions): Promise<Access> {
  const { store, clock } = ports
  const { profile, signal } = options
  const remote = patient(tellingReaders(ports.remote, signal), { clock, signal })
  const copy = workingCopy(remote, signal)
  await copy.see('')
  const run = { store, clock, remote, copy }
  await recallOwnFile(run, options)
  try {
    const { modified } = await putOwnFile(run, options)
    await keepAccess(ports, profile, true)
    await sweep(run, { profile, signal, serverNow: modified })
  } catch (error) {
    if (!isRefusal(failureOf(error))) throw error
    await keepAccess(ports, profile, false)
  } finally {
    await keepChanges(store, profile, copy)
  }
  return (await store.document(profile, 'access')) ?? { canWrite: false, at: clock.now() }
}

/** True where a change was refused, also where the browser may not read why (CORS): most likely the account may not. */
export function isRefusal(failure: Failure | undefined): boolean {
  return failure?.kind === 'forbidden' || (failure?.kind === 'server' && failure.status === 0)
}

/** Keeps whether the account may write. Who may write now need not wait for what was forbidden before. */
export async function keepAccess(
  { store, clock }: Pick<AccessPorts, 'store' | 'clock'>,
  profile: string,
  canWrite: boolean,
): Promise<void> {
  const waits = Object.entries((await store.document(profile, 'waits')) ?? {})
  const others = waits.filter(([, { failure }]) => failure.kind !== 'forbidden')
  if (canWrite && others.length < waits.length)
    await store.putDocument(profile, 'waits', Object.fromEntries(others))
  await store.putDocument(profile, 'access', { canWrite, at: clock.now() })
}

/**
 * The port where a 401 to a change is 'forbidden' as long as the folder can still be read: some servers answer a reader
 * so (Apache without `AuthzSendForbiddenOnFailure`). One question more, never two.
 */
export function tellingReaders(remote: Remote, signal?: AbortSignal): Remote {
  let asked: Promise<boolean> | undefined
  async function change(request: () => Promise<void>): Promise<void> {
    try {
      await request()
    } catch (error) {
      const failure = failureOf(error)
      if (failure?.kind !== 'unauthorized' || failure.isCertain) throw error
      asked ??= canStillRead(remote, signal)
      throw (await asked) ? new Failed({ kind: 'forbidden' }, { cause: error }) : error
    }
  }
  return {
    list: (...args) => remote.list(...args),
    listDeep: (...args) => remote.listDeep(...args),
    stat: (...args) => remote.stat(...args),
    read: (...args) => remote.read(...args),
    write: (...args) => change(() => remote.write(...args)),
    makeFolder: (...args) => change(() => remote.makeFolder(...args)),
    move: (...args) => change(() => remote.move(...args)),
    remove: (...args) => change(() => remote.remove(...args)),
    serverTime: () => remote.serverTime(),
  }
}

async function canStillRead(remote: Remote, signal?: AbortSignal): Promise<boolean> {
  try {
    await remote.list('', { signal })
    return true
  } catch (error) {
    if (!failureOf(error)) throw error
    return false
  }
}
