import { Failed, type Failure } from '../../domain/failure.ts'

function isNamed(error: unknown, names: readonly string[]): boolean {
  return error instanceof DOMException && names.includes(error.name)
}

/** What comes of the work, or undefined where it fails in one of these ways. */
export async function orUndefined<T>(
  names: readonly string[],
  work: Promise<T>,
): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isNamed(error, names)) return undefined
    throw error
  }
}

/**
 * What to reject with for an error of the file system: a Failed for its troubles, the error itself for a cancellation or
 * a bug, such as a name that the browser refuses although `safeName` made it.
 */
export async function failedIn(
  top: FileSystemDirectoryHandle,
  path: string,
  cause: unknown,
): Promise<unknown> {
  if (!(cause instanceof DOMException)) return cause
  return new Failed(await failureFor(top, path, cause.name), { cause })
}

async function failureFor(
  top: FileSystemDirectoryHandle,
  path: string,
  name: string,
): Promise<Failure> {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { kind: 'folder-permission' }
    case 'QuotaExceededError':
      return { kind: 'quota' }
    case 'TypeMismatchError':
      return { kind: 'foreign-file', path }
    case 'NotFoundError':
      return (await isGone(top)) ? { kind: 'folder-gone' } : { kind: 'file-busy', path }
    default:
      return { kind: 'file-busy', path }
  }
}

async function isGone(top: FileSystemDirectoryHandle): Promise<boolean> {
  const isThere = top
    .values()
    .next()
    .then(() => true)
  return (await orUndefined(['NotFoundError'], isThere)) === undefined
}
