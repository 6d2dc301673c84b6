import type { CatalogueItem } from '../../domain/media.ts'
import { settingsOf } from '../facts.ts'
import type { KeptAnswer, MediaQuestion, PublishedFile, Store } from '../ports.ts'
import { filesIn } from './asking.ts'

/** A question that weeks depend on, under its text; `answer` where there is one. */
export type Asked = {
  readonly text: string
  readonly question: MediaQuestion
  readonly answer?: KeptAnswer | undefined
  readonly files: readonly PublishedFile[]
}

/** All that is known of what the weeks need. */
export type Needed = {
  readonly items: readonly CatalogueItem[]
  readonly asked: readonly Asked[]
  readonly hasSubtitles: boolean
}

/** Reads what the weeks of a profile need, as they were made last. */
export async function neededBy(store: Store, profile: string): Promise<Needed> {
  const [catalogue = {}, answers = {}, { media }] = await Promise.all([
    store.document(profile, 'catalogue'),
    store.document(profile, 'answers'),
    settingsOf(store, profile),
  ])
  const weeks = Object.values(catalogue)
  const texts = new Set([
    ...weeks.flatMap(({ unanswered = [] }) => unanswered),
    ...Object.keys(answers),
  ])
  return {
    items: weeks.flatMap(({ items, own }) => [...items, ...(own?.items ?? [])]),
    asked: [...texts].map((text) => askedOf(text, answers[text])),
    hasSubtitles: media.hasSubtitles,
  }
}

function askedOf(text: string, answer: KeptAnswer | undefined): Asked {
  const question = JSON.parse(text) as MediaQuestion
  return { text, question, answer, files: answer ? filesIn(answer.text) : [] }
}
