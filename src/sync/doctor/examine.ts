import { verdictOf, type Facts, type Verdict } from '../../domain/diagnosis.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Entry } from '../../domain/layout.ts'
import { attempt } from '../attempt.ts'
import { makeContact, wayTo } from './contact.ts'
import { stoppedBy, type Examination, type Finding } from './finding.ts'
import { measure } from './measure.ts'
import { tryChanges } from './writing.ts'

/** Examines a sync folder: contact, reading, writing, and what else Lectern can make use of. */
export async function examine(exam: Examination): Promise<Finding> {
  const { address, page, list, remote, signal } = exam
  if (address.origin === page.origin) skipCors(exam)
  const contact = await makeContact(exam)
  if (contact.kind === 'verdict') return stoppedBy(list, contact.verdict)
  const { hidesErrors } = contact
  if (hidesErrors) list.set('cors', 'warning')
  list.reach('webdav')
  const { value: entries, failure } = await attempt(() => remote.list('', { signal }))
  if (failure) return stoppedBy(list, await unreadable(exam, failure))
  list.reach('writing')
  const { verdict, facts } = await tryChanges(exam, { hidesErrors })
  const others = verdict.kind === 'read-only' ? await measureSample(exam, entries) : {}
  const all: Facts = {
    ...(hidesErrors && { hidesErrors }),
    ...facts,
    ...others,
    ...(await measureSpace(exam)),
  }
  return { verdict, facts: all }
}

// A page may read whatever its own server says.
function skipCors({ list }: Examination): void {
  list.set('cors', 'skipped')
  list.set('preflight', 'skipped')
}

async function unreadable(exam: Examination, failure: Failure): Promise<Verdict> {
  return failure.kind === 'not-found' ? wayTo(exam) : verdictOf(failure)
}

const sampleBytes = 1_048_576

// Whoever may not write learns from a file that is there: a small one, because a server without ranges sends it all.
async function measureSample(exam: Examination, entries: readonly Entry[]): Promise<Facts> {
  const sample = entries.find(
    ({ kind, size }) => kind === 'file' && size > 0 && size <= sampleBytes,
  )
  if (sample) return measure(exam, sample.path)
  exam.list.set('etag', 'skipped')
  exam.list.set('range', 'skipped')
  return {}
}

// Not enough for the films of one week.
const scarceBytes = 500_000_000

async function measureSpace({ address, probe, list, signal }: Examination): Promise<Facts> {
  list.set('space', 'running')
  const { spaceBytes } = await probe.properties({ path: address.folder, signal })
  const isScarce = spaceBytes !== undefined && spaceBytes < scarceBytes
  list.set('space', isScarce ? 'warning' : 'fine')
  return spaceBytes === undefined ? {} : { spaceBytes }
}
