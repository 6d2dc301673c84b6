// What the sample's JW.org brings to meetings, where a story lets its congregation ask that one.
import { weekOf } from '../../src/domain/day.ts'
import type { Meeting } from '../../src/domain/meeting.ts'
import { linksPath } from '../../server/jworg/service.ts'
import { sampleItems } from '../fixtures/publications/sample-week.ts'

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
