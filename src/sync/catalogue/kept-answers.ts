import type { Clock, KeptAnswer, Shelf, Store, StoredAnswers } from '../ports.ts'

const longestMs = 30 * 86_400_000
const mostAnswers = 500

type Answers = Pick<Shelf, 'answer' | 'putAnswer'>

type AnswerPorts = { readonly store: Store; readonly clock: Clock }

/**
 * What JW.org answered, kept in one document: those of the last 30 days, and the 500 latest of them. What weeks depend
 * on is apart from what was only browsed.
 */
export function keptAnswers(
  { store, clock }: AnswerPorts,
  profile: string,
  kind: 'answers' | 'browsed' = 'answers',
): Answers {
  let known: Promise<Map<string, KeptAnswer>> | undefined
  let writing = Promise.resolve()
  let next: Promise<void> | undefined

  const all = () => (known ??= load())
  const load = async () => new Map(Object.entries((await store.document(profile, kind)) ?? {}))

  async function write(): Promise<void> {
    next = undefined
    await store.putDocument(profile, kind, bounded(await all(), clock.now()))
  }

  return {
    answer: async (question) => (await all()).get(question),
    async putAnswer(question, text, options = {}) {
      const answers = await all()
      answers.set(question, { text, at: clock.now(), ...options })
      // Answers that come while one is written are written together.
      next ??= writing = writing.then(write, write)
      await next
    },
  }
}

function bounded(answers: ReadonlyMap<string, KeptAnswer>, now: number): StoredAnswers {
  const young = [...answers].filter(([, { at }]) => at <= now && now - at < longestMs)
  const latest = young.sort(([, a], [, b]) => b.at - a.at).slice(0, mostAnswers)
  return Object.fromEntries(latest)
}
