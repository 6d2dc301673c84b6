import type { Router } from 'vue-router'
import { failureOf } from '../domain/failure.ts'
import type { Clock, Store } from '../sync/ports.ts'
import type { OpenedFile } from './launches.ts'

type Scene = {
  readonly ports: {
    readonly store: Pick<Store, 'putInbox'>
    readonly clock: Pick<Clock, 'now'>
  }
  readonly router: Pick<Router, 'push'>
}

/** Keeps files that the system opens with Lectern in the inbox, all of them or none, and shows it. */
export async function receiveOpened(
  files: readonly OpenedFile[],
  { ports: { store, clock }, router }: Scene,
): Promise<void> {
  try {
    const at = clock.now()
    const opened = await Promise.all(files.map((one) => one.getFile()))
    await store.putInbox(opened.map((file) => ({ name: file.name, at, body: file })))
    await router.push('/inbox')
  } catch (error) {
    const isFull = failureOf(error)?.kind === 'quota'
    // Gone, or not to be read: browsers say so in several ways, all of them DOMExceptions.
    if (!isFull && !(error instanceof DOMException)) throw error
    await router.push(isFull ? '/inbox?full' : '/inbox?broken')
  }
}
