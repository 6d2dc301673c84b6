import { Failed } from '../../domain/failure.ts'
import { isUnsafePath } from '../../domain/layout.ts'
import type { Connection } from '../../sync/ports.ts'

/**
 * The address of a file or folder of the sync folder, '' being the folder itself; a folder's ends with '/'. A path that
 * leads elsewhere is never asked for: nothing is found there.
 */
export function addressOf(connection: Connection, path: string, kind: 'file' | 'folder'): string {
  if (path !== '' && (isUnsafePath(path) || /\p{Surrogate}/u.test(path))) throw nothingThere(path)
  const end = kind === 'folder' && path !== '' ? '/' : ''
  return new URL(encodePath(connection.folder + path + end), connection.origin).href
}

/** As `addressOf`, for what is written, moved or removed: never the sync folder itself. */
export function addressWithin(
  connection: Connection,
  path: string,
  kind: 'file' | 'folder',
): string {
  if (path === '') throw nothingThere(path)
  return addressOf(connection, path, kind)
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function nothingThere(path: string): Failed {
  return new Failed({ kind: 'not-found', path })
}
