import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Day } from '../../../src/domain/day.ts'
import { foldName } from '../../../src/domain/naming.ts'
import { memoryFolder } from '../../doubles/memory-folder.ts'
import { curatedDay, hall, type Hall } from './export-hall.ts'

const days: readonly Day[] = ['2026-11-20', '2026-11-22']

// Few names and texts, so that they meet often; 'A.jpg' and 'a.jpg' never stand in one list.
const text = fc.constantFrom('x', 'y', 'zz')
const listOf = fc.record({
  a: fc.option(fc.tuple(fc.constantFrom('a.jpg', 'A.jpg'), text)),
  b: fc.option(fc.tuple(fc.constantFrom('b.jpg', 'B.jpg'), text)),
  c: fc.option(fc.tuple(fc.constant('c.jpg'), text)),
})
const day = fc.constantFrom(...days)
const path = fc
  .tuple(day, fc.constantFrom('a.jpg', 'A.jpg', 'b.jpg', 'c.jpg', 'own.jpg'))
  .map((parts) => parts.join('/'))

type List = Readonly<Record<'a' | 'b' | 'c', [name: string, text: string] | null>>

type Happening =
  | { readonly what: 'publish'; readonly day: Day; readonly list: List }
  | { readonly what: 'export' }
  /** The tab dies at the n-th change of the folder. */
  | { readonly what: 'crash'; readonly at: number }
  /** A player holds the file open during an export. */
  | { readonly what: 'busy'; readonly path: string }
  /** What somebody else does to a file. */
  | { readonly what: 'touch' | 'drop' | 'put'; readonly path: string }

const happening = fc.oneof<fc.MaybeWeightedArbitrary<Happening>[]>(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('publish'), day, list: listOf }) },
  { weight: 2, arbitrary: fc.constant({ what: 'export' }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('crash'), at: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('busy'), path }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('touch', 'drop', 'put'), path }) },
)

/** What people did, and what must therefore stand at the end. */
class Story {
  readonly wanted = new Map<Day, Record<string, string>>()
  readonly foreign = new Map<string, string>()
  readonly hall: Hall
  readonly isCaseBlind: boolean
  private count = 0

  constructor(isCaseBlind: boolean) {
    this.isCaseBlind = isCaseBlind
    this.hall = hall(memoryFolder({ isCaseBlind }))
  }

  onDisk(path: string): string {
    return this.isCaseBlind ? foldName(path) : path
  }

  async tell(event: Happening): Promise<void> {
    const { folder } = this.hall
    switch (event.what) {
      case 'publish':
        return this.publish(event.day, event.list)
      case 'export':
        await this.hall.export()
        return
      case 'crash':
        return this.exportAndDie(event.at)
      case 'busy':
        return this.exportWhileBusy(event.path)
      case 'touch':
        // What a dead tab has half replaced is known by its time alone; touched then, it counts as somebody else's.
        await this.hall.export()
        if (await folder.read(event.path)) folder.touch(event.path)
        return
      case 'drop':
        folder.drop(event.path)
        this.foreign.delete(this.onDisk(event.path))
        return
      case 'put':
        this.put(event.path)
    }
  }

  private async publish(day: Day, list: List): Promise<void> {
    const entries = Object.values(list).filter((entry) => entry !== null)
    const texts: Record<string, string> = Object.fromEntries(entries)
    this.wanted.set(day, texts)
    await this.hall.publish(curatedDay(day, texts))
  }

  private async exportAndDie(at: number): Promise<void> {
    const { folder } = this.hall
    folder.crashAt(at)
    await this.hall.export().catch((error: unknown) => {
      if (!String(error).includes('the tab is gone')) throw error
    })
    folder.revive()
  }

  private async exportWhileBusy(path: string): Promise<void> {
    this.hall.folder.failNext(path, { kind: 'file-busy', path })
    await this.hall.export()
    this.hall.folder.revive()
  }

  private put(path: string): void {
    this.count += 1
    const text = `somebody's file ${this.count}`
    this.hall.folder.put(path, text)
    this.foreign.set(this.onDisk(path), text)
  }
}

async function check(story: Story): Promise<void> {
  const { hall, foreign, wanted } = story
  const tree = await hall.folder.tree()
  const standing = new Map(Object.entries(tree).map(([path, text]) => [story.onDisk(path), text]))
  const folds = new Set([...foreign.keys()].map(foldName))
  for (const [path, text] of foreign) expect([path, standing.get(path)]).toEqual([path, text])
  const paths = new Set(foreign.keys())
  for (const [day, texts] of wanted) {
    for (const [name, text] of Object.entries(texts)) {
      const path = story.onDisk(`${day}/${name}`)
      if (foreign.has(path)) continue
      // A stranger whose name differs by case only may be in the way; we never learn whether the disk could hold both.
      if (!folds.has(foldName(path)) || standing.has(path)) {
        expect([path, standing.get(path)]).toEqual([path, text])
      }
      paths.add(path)
    }
  }
  expect([...standing.keys()].filter((path) => !paths.has(path))).toEqual([])
}

describe.each([false, true])(
  'whatever happened (a disk that is blind to case: %s)',
  (isCaseBlind) => {
    test('the folder ends with exactly the wanted files and those of other people', async () => {
      const events = fc.array(happening, { minLength: 1, maxLength: 25 })
      const property = fc.asyncProperty(events, async (happened) => {
        const told = new Story(isCaseBlind)
        for (const event of happened) await told.tell(event)
        await told.hall.export()
        await told.hall.export()
        await check(told)
        const { changes } = told.hall.folder
        await told.hall.export()
        expect(told.hall.folder.changes).toBe(changes)
      })
      await fc.assert(property, { numRuns: 400 })
    })
  },
)
