// What Lectern makes of a server, told by its own adapter and its own rules.
import { versionOf, type Entry } from '../../src/domain/layout.ts'
import { isSameVersion, isUnsettled } from '../../src/domain/media.ts'
import { refusal, type RemoteStand } from './remote-scene.ts'

export type Consequence = (stand: RemoteStand) => Promise<string>

async function seen({ remote }: RemoteStand, path: string): Promise<Entry> {
  const entry = await remote.stat(path)
  if (!entry) throw new Error(`${path} is not there`)
  return entry
}

type Pair = { readonly first: Entry; readonly second: Entry }

async function rewritten(stand: RemoteStand, bodies: readonly [string, string]): Promise<Pair> {
  const [before, after] = bodies
  await stand.remote.write('picture.jpg', new Blob([before]))
  const first = await seen(stand, 'picture.jpg')
  await stand.remote.write('picture.jpg', new Blob([after]))
  return { first, second: await seen(stand, 'picture.jpg') }
}

// A machine that is busy may look too late to see how little Apache says within the first second.
async function rewrittenAtOnce(stand: RemoteStand, tries = 5): Promise<Pair> {
  const pair = await rewritten(stand, ['before', 'behind'])
  const isAtOnce = pair.first.modified === pair.second.modified
  const tellsLeast = pair.second.etag === undefined || tries <= 1
  return isAtOnce && tellsLeast ? pair : rewrittenAtOnce(stand, tries - 1)
}

const versions: Consequence = async (stand) => {
  const { second } = await rewrittenAtOnce(stand)
  return second.etag === undefined ? 'size and time, until there is a strong ETag' : 'its ETag'
}

const rewriteShows: Consequence = async (stand) => {
  const { first, second } = await rewrittenAtOnce(stand)
  if (!isSameVersion(versionOf(first), versionOf(second))) return 'at once'
  const isLookedAtAgain = isUnsettled(versionOf(second), second.modified ?? 0)
  return isLookedAtAgain ? 'when looked at again, after 2 s' : 'never'
}

const listing: Consequence = async ({ remote }) => {
  await remote.makeFolder('Media')
  await remote.makeFolder('Media/2026-11-20')
  const entries = await remote.listDeep('')
  const isDeep = entries?.some(({ path }) => path === 'Media/2026-11-20')
  return isDeep ? 'one request, once proven' : 'one request a folder'
}

const download: Consequence = async ({ remote }) => {
  await remote.write('talk.mp4', new Blob(['0123456789']))
  const { isPartial } = await remote.read('talk.mp4', { range: { from: 4, to: 8 } })
  return isPartial ? 'goes on where it stopped' : 'begins anew'
}

const upload: Consequence = async ({ remote }) => {
  await remote.write('upload', new Blob(['mine']))
  await remote.write('talk.mp4', new Blob(['theirs']))
  const { kind } = await refusal(remote.move('upload', 'talk.mp4'))
  const textAt = async (path: string) => (await remote.read(path)).blob.text()
  const isKept = (await textAt('talk.mp4')) === 'theirs' && (await textAt('upload')) === 'mine'
  return kind === 'conflict' && isKept ? 'both are kept' : 'one is lost'
}

const readers: Consequence = async ({ remote, reader }) => {
  await remote.write('talk.mp4', new Blob(['theirs']))
  const failures = [
    await refusal(reader.write('new.jpg', new Blob(['x']))),
    await refusal(reader.makeFolder('Media')),
    await refusal(reader.move('talk.mp4', 'moved.mp4')),
    await refusal(reader.remove('talk.mp4')),
  ]
  return failures.every(({ kind }) => kind === 'forbidden') ? 'told from a writer' : 'not told'
}

/** What follows, by how docs/servers.md calls it. */
export const consequences: Readonly<Record<string, Consequence>> = {
  'A version of a file is known by': versions,
  'Another file of the same size within a second is noticed': rewriteShows,
  'The listing takes': listing,
  'A download that broke off': download,
  'Two additions of one name': upload,
  'A reader is': readers,
}
