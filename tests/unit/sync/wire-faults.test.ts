import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/domain/failure.ts'
import { nameOf, parentOf, placeOf } from '../../../src/domain/layout.ts'
import { openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'
import { troubledRemote, type Fault } from '../../doubles/troubled-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const plain = 'Media/2026-11-25'
const german = 'Media/25-11-2026 - Mittwoch'

/** One act of the VO: what lies in the sync folder before it, and how it is done. */
type Deed = {
  readonly files: Readonly<Record<string, string>>
  readonly doIt: (vo: DeviceDouble) => Promise<void>
}

const removal = { do: 'remove', place: wednesday, name: 'old.jpg', size: 3 } as const
const renaming = { do: 'rename', place: wednesday, name: 'old.jpg', to: 'new.jpg' } as const
const restoring = { ...removal, do: 'restore', of: 'removal' } as const

const deeds: Readonly<Record<string, Deed>> = {
  'adds a file': { files: {}, doIt: (vo) => vo.add(wednesday, 'photo.jpg', 'a picture') },
  'adds a file for every meeting': {
    files: {},
    doIt: (vo) => vo.add('recurring', 'photo.jpg', 'a picture'),
  },
  'adds a file whose name is taken': {
    files: { [`${german}/photo.jpg`]: 'A PICTURE' },
    doIt: (vo) => vo.add(wednesday, 'photo.jpg', 'a picture'),
  },
  'adds a file that is there': {
    files: { [`${plain}/photo.jpg`]: 'a picture' },
    doIt: (vo) => vo.add(wednesday, 'photo.jpg', 'a picture'),
  },
  'removes a file': { files: { [`${plain}/old.jpg`]: 'old' }, doIt: (vo) => vo.act(removal) },
  'removes a file that lies in two folders': {
    files: { [`${plain}/old.jpg`]: 'old', [`${german}/old.jpg`]: 'old' },
    doIt: (vo) => vo.act(removal),
  },
  'takes a deletion back': {
    files: { '_sync/trash/removal': 'old' },
    doIt: (vo) => vo.act(restoring),
  },
  'takes a deletion back where the name is taken': {
    files: { '_sync/trash/removal': 'old', [`${plain}/old.jpg`]: 'another' },
    doIt: (vo) => vo.act(restoring),
  },
  'renames a file': {
    files: { [`${plain}/old.jpg`]: 'old' },
    doIt: (vo) => vo.act({ ...renaming, size: 3 }),
  },
  'renames a file that lies in two folders': {
    files: { [`${plain}/old.jpg`]: 'old', [`${german}/old.jpg`]: 'old' },
    doIt: (vo) => vo.act(renaming),
  },
  'hides a song': {
    files: { [`${german}/a.jpg`]: 'a' },
    doIt: (vo) => vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' }),
  },
  'shows a song again': {
    files: { 'Hidden/2026-11-25/song.mp4': 'hide', 'Hidden/25-11-2026/Lied.mp4': '' },
    doIt: (vo) =>
      vo.act({
        do: 'show',
        day: wednesday,
        item: 'song',
        name: 'song.mp4',
        markers: ['song.mp4', 'Lied.mp4'],
      }),
  },
}

const failures: readonly Failure[] = [
  { kind: 'unreachable' },
  { kind: 'offline' },
  { kind: 'unauthorized' },
  { kind: 'forbidden' },
  { kind: 'conflict', path: 'x' },
  { kind: 'locked', path: 'x' },
  { kind: 'too-many-requests', retryAfterMs: 1_000 },
  { kind: 'too-many-requests', retryAfterMs: 3_600_000 },
  { kind: 'server', status: 425 },
  { kind: 'server', status: 500 },
  { kind: 'server', status: 503 },
  { kind: 'server', status: 418 },
  { kind: 'remote-full' },
  { kind: 'too-large', path: 'x' },
  { kind: 'bad-answer', path: 'x' },
]
const faults: readonly Fault[] = [
  ...failures.map((fails): Fault => ({ fails, when: 'before' })),
  { fails: 'crash', when: 'before' },
  { fails: 'crash', when: 'after' },
  { fails: { kind: 'unreachable' }, when: 'after' },
  { fails: { kind: 'server', status: 504 }, when: 'after' },
]

/** What people see, by place and name, whatever a folder is called; what only Lectern reads is left out. */
async function seen(remote: MemoryRemote): Promise<string[]> {
  const files = Object.entries(await remote.tree()).filter(([path]) => !path.startsWith('_sync/'))
  return files
    .map(([path, text]) => {
      const place = placeOf(parentOf(path)) ?? parentOf(path)
      return JSON.stringify([path.split('/')[0], place, nameOf(path), text])
    })
    .sort()
}

const wholeTexts = new Set(['a picture', 'A PICTURE', 'old', 'another', 'a'])

/** At no moment does anybody see half a file, and nothing of other people is overwritten. */
async function expectWhole(remote: MemoryRemote): Promise<void> {
  const tree = await remote.tree()
  for (const [path, text] of Object.entries(tree))
    if (path.startsWith('Media/')) expect(wholeTexts, path).toContain(text)
}

type Story = {
  readonly faults?: Readonly<Record<number, Fault>>
  readonly others?: (remote: MemoryRemote, count: number) => Promise<void>
  readonly hasEtags?: boolean
  readonly runs: number
}

/** Sends the deed, in so many runs, and tells how it ended. */
async function tell({ files, doIt }: Deed, { faults = {}, others, hasEtags = true, runs }: Story) {
  const remote = memoryRemote({ files, hasEtags })
  const before = async (count: number) => {
    const last = remote.calls.at(-1)?.method
    if (last === 'write' || last === 'move') await expectWhole(remote)
    await others?.(remote, count)
  }
  const line = troubledRemote(remote, { faults, before })
  const vo = await openDevice({ id: 'tablet', today, remote: line })
  await doIt(vo)
  for (let run = 1; run <= runs; run += 1) {
    line.restart()
    const published = vo.publish()
    if (run === runs) await published
    else await published.catch(() => undefined)
  }
  await expectWhole(remote)
  const left = Object.keys(await remote.tree()).filter((path) => path.startsWith('_sync/tmp/'))
  return { seen: await seen(remote), left, outbox: await vo.outbox(), requests: line.count }
}

/** The folders that can be done without; what rests in the trash would be gone with it, and nobody could bring it back. */
function needless({ files }: Deed): string[] {
  const isTrashNeeded = Object.keys(files).some((path) => path.startsWith('_sync/trash/'))
  return isTrashNeeded ? ['_sync/tmp'] : ['_sync/tmp', '_sync/trash', '_sync']
}

describe.each(Object.entries(deeds))('the VO %s', (_, deed) => {
  test('and whatever happens to any one request, the folder ends as if nothing had', async () => {
    const calm = await tell(deed, { runs: 1 })
    expect(calm).toMatchObject({ outbox: [], left: [] })
    for (let at = 1; at <= calm.requests; at += 1) {
      for (const fault of faults) {
        const troubled = await tell(deed, { faults: { [at]: fault }, runs: 2 })
        const story = `request ${String(at)}: ${JSON.stringify(fault)}`
        expect(troubled.seen, story).toEqual(calm.seen)
        expect(troubled, story).toMatchObject({ outbox: [], left: [] })
      }
    }
  })

  test('and whatever happens to several', async () => {
    const calm = await tell(deed, { runs: 1 })
    const troubles = fc.dictionary(
      fc.integer({ min: 1, max: 40 }).map(String),
      fc.constantFrom(...faults),
      { maxKeys: 6 },
    )
    await fc.assert(
      fc.asyncProperty(troubles, fc.boolean(), async (faults, hasEtags) => {
        const troubled = await tell(deed, { faults, hasEtags, runs: 8 })
        expect(troubled.seen).toEqual(calm.seen)
        expect(troubled).toMatchObject({ outbox: [], left: [] })
      }),
      { numRuns: 40 },
    )
  })

  test.each(needless(deed))('and somebody tidies %s away at any moment', async (folder) => {
    const calm = await tell(deed, { runs: 1 })
    for (let at = 1; at <= calm.requests; at += 1) {
      const others = async (remote: MemoryRemote, count: number) => {
        if (count === at) remote.drop(folder)
      }
      const troubled = await tell(deed, { others, runs: 1 })
      expect(troubled.seen, `before request ${String(at)}`).toEqual(calm.seen)
      expect(troubled.outbox).toEqual([])
    }
  })

  test.each([
    [plain, `${plain} - Wednesday`],
    [german, 'Media/25-11-2026'],
  ])('and somebody renames %s at any moment', async (from, to) => {
    const calm = await tell(deed, { runs: 1 })
    for (let at = 1; at <= calm.requests; at += 1) {
      const others = async (remote: MemoryRemote, count: number) => {
        if (count === at && remote.paths().includes(`${from}/`)) await remote.move(from, to)
      }
      const troubled = await tell(deed, { others, runs: 1 })
      expect(troubled.seen, `before request ${String(at)}`).toEqual(calm.seen)
      expect(troubled.outbox).toEqual([])
    }
  })
})
