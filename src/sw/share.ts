import { failureOf } from '../domain/failure.ts'
import type { Clock, NewInboxFile, Store } from '../sync/ports.ts'

/** The address that the manifest names for what other apps share. */
export function isShare(url: URL): boolean {
  return url.pathname === '/share'
}

type SharePorts = {
  readonly store: Pick<Store, 'putInbox'>
  readonly clock: Pick<Clock, 'now'>
}

/** What the inbox is to say of a share, besides what is in it. */
type Said = 'full' | 'text' | 'broken' | undefined

/**
 * Keeps what another app shares in the inbox, all of it or nothing, and leads there; the address tells what could not be
 * kept, and why. Words that come along with files are only about them.
 */
export async function receiveShare(ports: SharePorts, request: Request): Promise<Response> {
  const said = await keep(ports, request)
  const inbox = new URL(said ? `/inbox?${said}` : '/inbox', request.url)
  return Response.redirect(inbox.href, 303)
}

async function keep({ store, clock }: SharePorts, request: Request): Promise<Said> {
  const values = await valuesOf(request)
  if (!values) return 'broken'
  const at = clock.now()
  const files = values.flatMap((value): NewInboxFile[] =>
    isFile(value) ? [{ name: value.name, at, body: value }] : [],
  )
  if (files.length === 0) return 'text'
  try {
    await store.putInbox(files)
    return undefined
  } catch (error) {
    if (failureOf(error)?.kind === 'quota') return 'full'
    // Whatever it was, the browser would show a page of its own, and nobody would know what became of the files.
    return 'broken'
  }
}

// A body that breaks off, or is no form at all, is a TypeError.
async function valuesOf(request: Request): Promise<FormDataEntryValue[] | undefined> {
  try {
    return [...(await request.formData()).values()]
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

// A form's field for files that was left empty sends one without name and bytes.
function isFile(value: FormDataEntryValue): value is File {
  return typeof value !== 'string' && (value.name !== '' || value.size > 0)
}
