import { deedQuestions, judgeDeeds, type Answers } from '../../domain/contact.ts'
import { verdictOf, type Facts, type Verdict } from '../../domain/diagnosis.ts'
import type { Failure } from '../../domain/failure.ts'
import { tempPath } from '../../domain/layout.ts'
import { attempt } from '../attempt.ts'
import { isSilentRefusal } from '../patience.ts'
import type { Remote } from '../ports.ts'
import type { Examination, Finding } from './finding.ts'
import { measure } from './measure.ts'
import { tryWriting } from './trial.ts'

/** Tries all that publishing does, on a file of its own, and learns from that file while it is there. */
export async function tryChanges(
  exam: Examination,
  { hidesErrors }: { readonly hidesErrors: boolean },
): Promise<Finding> {
  const { remote, clock, signal, list } = exam
  let facts: Facts = {}
  const inspect = async (path: string, patient: Remote) => {
    await moveThereAndBack(exam, { path, patient })
    facts = await measure(exam, path)
  }
  const { failure } = await attempt(() => tryWriting({ remote, clock }, { signal, inspect }))
  if (!failure) return { verdict: { kind: 'works' }, facts: { ...facts, canWrite: true } }
  const verdict = await refusalOf(exam, { failure, hidesErrors })
  const isReader = verdict.kind === 'read-only'
  if (isReader) list.set('writing', 'warning')
  else list.stopAt('writing')
  return { verdict, facts: { ...facts, ...(isReader && { canWrite: false }) } }
}

type Moving = { readonly path: string; readonly patient: Remote }

// Some proxies pass everything on but a MOVE, whose Destination they would have to rewrite.
async function moveThereAndBack(
  { clock, signal }: Examination,
  { path, patient }: Moving,
): Promise<void> {
  const there = tempPath(clock.newId())
  await patient.move(path, there, { signal })
  const { failure } = await attempt(() => patient.move(there, path, { signal }))
  // The way back is not worth a failure: what counts is that nothing stays behind.
  if (failure) await patient.remove(there, { signal })
}

type Refusal = { readonly failure: Failure; readonly hidesErrors: boolean }

// Where refusals are silent anyway, one of them says nothing about CORS: most likely the account may not write.
async function refusalOf(exam: Examination, { failure, hidesErrors }: Refusal): Promise<Verdict> {
  const { remote, signal, address, page } = exam
  const isUntold = failure.kind === 'server' && failure.status === 0
  const isSilent = isUntold || (await isSilentRefusal(remote, failure, signal))
  if (failure.kind === 'forbidden' || (isSilent && hidesErrors)) return { kind: 'read-only' }
  if (isSilent && address.origin !== page.origin) return judgeDeeds(await askDeeds(exam))
  return verdictOf(failure)
}

// Without login nothing comes of these deeds; where none is needed, the last one removes what they made.
async function askDeeds({ address, probe, clock, signal }: Examination): Promise<Answers> {
  const path = address.folder + tempPath(clock.newId())
  let answers: Answers = {}
  for (const question of deedQuestions)
    answers = { ...answers, [question]: await probe.ask(question, { path, signal }) }
  return answers
}
