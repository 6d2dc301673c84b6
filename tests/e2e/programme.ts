// What the sample's JW.org brings to meetings, where a story lets its congregation ask that one.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { dayOf, weekOf } from '../../src/domain/day.ts'
import { meetingsOf, weeksOf, windowOf, type Meeting } from '../../src/domain/meeting.ts'
import { linksPath } from '../../server/jworg/service.ts'
import { sampleItems } from '../fixtures/publications/sample-week.ts'
import { treeOf } from './disk.ts'
import type { Person } from './people.ts'

/** The sample's media service on the server of the app, for `jworg`. */
export const sampleLinks = `/sample/jworg${linksPath}`

/** True for the path of a file of the sample's JW.org. */
export function isOfProgramme(path: string): boolean {
  return path.startsWith('/sample/jworg/files/')
}

/** Files by `day/name`, each with the MD5 of its bytes. */
export type Tree = Readonly<Record<string, string>>

/** All that these meetings show in English, but what is hidden: also by `day/name`. */
export async function programmeOf(
  meetings: readonly Meeting[],
  hidden: readonly string[] = [],
): Promise<Tree> {
  const rows = await Promise.all(
    meetings.map(async ({ day, kind }) => {
      const items = await sampleItems(weekOf(day), kind)
      return items.map(({ name, md5 }) => [`${day}/${name}`, md5] as const)
    }),
  )
  return Object.fromEntries(rows.flat().filter(([path]) => !hidden.includes(path)))
}

const today = dayOf(new Date())

/** What is to come for a congregation that decided as `congregationData` has it. */
export const meetings: readonly Meeting[] = weeksOf(windowOf(today, 2))
  .flatMap((week) => meetingsOf(week, { midweek: 2, weekend: 5 }))
  .filter(({ day }) => day >= today)

/** The congregation's decision on its days, Wednesday and Saturday, and on its language, as the sync folder has it. */
export function decided(lang: string): string {
  return JSON.stringify({ meeting: { mwDay: 2, weDay: 5 }, media: { lang } })
}

/** A folder for a server's data, with a sync folder in which the congregation has decided for English. */
export async function congregationData(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-jworg-'))
  await mkdir(join(dataDir, 'dav'))
  await writeFile(join(dataDir, 'dav', 'forcedPrefs.json'), decided('E'))
  return dataDir
}

/** What is in a person's media folder is all that these meetings show, byte by byte, without what is hidden. */
export async function expectProgramme(
  { folder }: Pick<Person, 'folder'>,
  hidden: readonly string[] = [],
): Promise<void> {
  expect(await treeOf(folder)).toEqual(await programmeOf(meetings, hidden))
}
