import {
  checkAsking,
  judge,
  missingIn,
  type Answers,
  type Judgement,
} from '../../domain/contact.ts'
import type { Verdict } from '../../domain/diagnosis.ts'
import type { Examination } from './finding.ts'

/** Asks the server what has to be asked until it is clear whether it can be spoken to. */
export async function makeContact(
  exam: Examination,
): Promise<Exclude<Judgement, { readonly kind: 'ask' }>> {
  const { address, page, probe, list, signal } = exam
  let answers: Answers = {}
  for (;;) {
    const judgement = judge({ address, page, answers })
    if (judgement.kind === 'connected') return judgement
    if (judgement.kind === 'verdict')
      return { ...judgement, verdict: await withWay(exam, judgement.verdict) }
    const { question } = judgement
    list.reach(checkAsking(question))
    const answer = await probe.ask(question, { path: address.folder, signal })
    answers = { ...answers, [question]: answer }
  }
}

// Where refusals are silent, a folder that is not there looks like a wrong password: one look above tells. More would
// be too many tries with what may be a wrong password.
async function withWay(exam: Examination, verdict: Verdict): Promise<Verdict> {
  if (verdict.kind === 'wrong-folder') return wayTo(exam)
  if (verdict.kind !== 'silent-refusal') return verdict
  return (await existingIn(exam, foldersAbove(exam.address.folder).slice(0, 1))) ?? verdict
}

/** How far the way to the sync folder leads; where no folder above is one, this is the address of something else. */
export async function wayTo(exam: Examination): Promise<Verdict> {
  return (await existingIn(exam, foldersAbove(exam.address.folder))) ?? { kind: 'not-webdav' }
}

async function existingIn(
  { address, probe, signal }: Examination,
  folders: readonly string[],
): Promise<Verdict | undefined> {
  for (const path of folders) {
    const seen = await probe.ask('login', { path, signal })
    if (seen.kind === 'answer' && seen.status === 207) return missingIn(path, address.folder)
  }
  return undefined
}

/** The deepest first: of `/a/b/` these are `/a/` and `/`. */
function foldersAbove(folder: string): string[] {
  const names = folder.split('/').filter((name) => name !== '')
  return names.map((_, index) => ['', ...names.slice(0, index), ''].join('/')).reverse()
}
