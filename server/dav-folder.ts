import { createReadStream } from 'node:fs'
import { lstat, readdir, stat, unlink } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { Adapter, Properties, Resource } from '@nephele/adapter-file-system'
import {
  BadGatewayError,
  ForbiddenError,
  MethodNotSupportedError,
  ResourceNotFoundError,
} from 'nephele'
import type { User } from 'nephele'
import { isMetadata } from './dav-path.ts'
import { isMissing } from './file-errors.ts'
import type { Spool } from './spool.ts'

type FolderOptions = {
  readonly root: string
  readonly spool: Spool
  /** The Content-Length of the request this adapter serves. */
  readonly expectedBytes: number | undefined
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Hears the ETag of a file that was just written. */
  readonly onStored: (etag: string) => void
}

/** The library's view of a folder for one request, without its weak spots: symbolic links and uploads in place. */
export class FolderAdapter extends Adapter {
  readonly options: FolderOptions

  constructor(options: FolderOptions) {
    super({ root: options.root })
    this.options = options
  }

  override async getResource(url: URL, baseUrl: URL): Promise<FolderResource> {
    const resource = await this.newResource(url, baseUrl)
    if (!(await resource.exists())) throw new ResourceNotFoundError('There is nothing here.')
    return resource
  }

  override async newResource(url: URL, baseUrl: URL): Promise<FolderResource> {
    return new FolderResource({ adapter: this, baseUrl, path: await this.ownPath(url, baseUrl) })
  }

  override async newCollection(url: URL, baseUrl: URL): Promise<FolderResource> {
    const path = await this.ownPath(url, baseUrl)
    return new FolderResource({ adapter: this, baseUrl, path, collection: true })
  }

  // Every path the library touches comes through here, that of a destination too.
  private async ownPath(url: URL, baseUrl: URL): Promise<string> {
    const path = this.urlToRelativePath(url, baseUrl)
    if (path === null) throw new BadGatewayError('This is not in the folder.')
    if (await crossesLink(this.root, path)) throw new ForbiddenError('Links are not followed.')
    return path
  }
}

class FolderResource extends Resource {
  declare adapter: FolderAdapter

  // The library's own stream leaves the file open when the client goes away while it opens.
  override getStream(range?: { start: number; end: number }): Promise<Readable> {
    const { signal } = this.adapter.options
    const stream = createReadStream(this.absolutePath, { ...range, signal })
    // The library listens only a moment later and asks for `errored` then; until then an error must not end the process.
    stream.once('error', () => undefined)
    return Promise.resolve(stream)
  }

  override async setStream(body: Readable): Promise<void> {
    if (await this.isCollection()) throw new MethodNotSupportedError('This is a folder.')
    const { spool, expectedBytes, onStored } = this.adapter.options
    await spool({ body, target: this.absolutePath, expectedBytes })
    onStored(await this.getEtag())
  }

  override async delete(user: User): Promise<void> {
    if (await this.isCollection()) await removeLinks(this.absolutePath)
    await super.delete(user)
  }

  // Size and time to the nanosecond survive MOVE and a restart, and differ for any two uploads.
  override async getEtag(): Promise<string> {
    const { size, mtimeNs } = await stat(this.absolutePath, { bigint: true })
    return `${size.toString(16)}-${mtimeNs.toString(16)}`
  }

  override getProperties(): Promise<FolderProperties> {
    return Promise.resolve(new FolderProperties({ resource: this }))
  }

  override async getInternalMembers(): Promise<FolderResource[]> {
    const { adapter, baseUrl, path } = this
    const children = await readdir(this.absolutePath, { withFileTypes: true })
    return children
      .filter((child) => (child.isFile() || child.isDirectory()) && !isMetadata(child.name))
      .map(({ name }) => new FolderResource({ adapter, baseUrl, path: join(path, name) }))
  }
}

class FolderProperties extends Properties {
  // RFC 4918 §15.6 wants the quotes that the library leaves out.
  override get(name: string): Promise<string | object | undefined> {
    if (name !== 'getetag') return super.get(name) as Promise<string | object | undefined>
    return this.resource.getEtag().then((etag) => JSON.stringify(etag))
  }
}

// None is followed, even inside the folder: a circle of them has no end, and deleting through one surprises.
async function crossesLink(root: string, path: string): Promise<boolean> {
  let current = root
  for (const part of path.split(sep)) {
    current = join(current, part)
    const stats = await lstatIfAny(current)
    if (!stats) return false
    if (part !== '' && stats.isSymbolicLink()) return true
  }
  return false
}

async function lstatIfAny(path: string) {
  try {
    return await lstat(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

// A folder that is deleted takes its links with it, never what they point to.
async function removeLinks(folder: string): Promise<void> {
  const children = await readdir(folder, { withFileTypes: true })
  const links = children.filter((child) => child.isSymbolicLink())
  await Promise.all(links.map(({ name }) => unlink(join(folder, name))))
}
