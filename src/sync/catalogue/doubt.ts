import type { Failure } from '../../domain/failure.ts'
import { attempt } from '../attempt.ts'
import type { Clock, Shelf } from '../ports.ts'
import { freshMs } from './asking.ts'

type DoubtPorts = {
  readonly shelf: Pick<Shelf, 'answer' | 'putAnswer'>
  readonly clock: Pick<Clock, 'now'>
}

/** Questions by their texts, and the files that were not what the answers say. */
type Doubt = { readonly questions: readonly string[]; readonly md5s: readonly string[] }

/** True for trouble with a file that speaks against what the media service said of it: there may be another by now. */
export function isContradiction({ kind }: Failure): boolean {
  return kind === 'bad-answer' || kind === 'not-found' || kind === 'changed'
}

/** Makes the answers that tell of these files so old that they are asked for anew; where nobody can be asked they hold. */
export async function doubtAnswers(
  { shelf, clock }: DoubtPorts,
  { questions, md5s }: Doubt,
): Promise<void> {
  const oldest = clock.now() - freshMs
  const doubt = async (question: string) => {
    const kept = await shelf.answer(question)
    if (!kept || kept.isByHand || !md5s.some((md5) => kept.text.includes(md5))) return
    await shelf.putAnswer(question, kept.text, { at: Math.min(kept.at, oldest) })
  }
  // Where the disk is full they are asked for in half a day.
  await attempt(() => Promise.all(questions.map(doubt)))
}
