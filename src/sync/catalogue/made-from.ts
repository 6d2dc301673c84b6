import * as v from 'valibot'
import { isInside } from '../../domain/inside.ts'
import type { CatalogueWeek } from '../../domain/media.ts'
import type { Answered } from './questions.ts'
import type { WeekScene } from './week-scene.ts'

const madeFrom = v.object({
  settings: v.string(),
  answered: v.array(v.tuple([v.string(), v.string()])),
})

/** What a week is made from, as the text that is kept with it. */
export function madeFromText(settings: string, answered: Answered): string {
  return JSON.stringify({ settings, answered })
}

/** Whether a week is as it would be made anew: settings, answers, and all that is nowhere else is still here. */
export async function isAsMade(
  known: CatalogueWeek,
  settings: string,
  { questions, shelf }: Pick<WeekScene, 'questions' | 'shelf'>,
): Promise<boolean> {
  const made = v.safeParse(v.pipe(v.string(), v.parseJson(), madeFrom), known.madeFrom)
  if (!made.success || made.output.settings !== settings) return false
  const all = known.items.flatMap((item) => [item, ...(item.companions ?? [])])
  const held = await Promise.all(all.filter(isInside).map(({ md5 }) => shelf.holds(md5)))
  return held.every(Boolean) && questions.areAnsweredAlike(made.output.answered)
}
