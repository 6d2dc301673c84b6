import type { Facts } from '../../domain/diagnosis.ts'
import { attempt } from '../attempt.ts'
import type { Examination } from './finding.ts'

/** Learns from a small file of the sync folder how its versions are told and whether pieces of it can be had. */
export async function measure(exam: Examination, path: string): Promise<Facts> {
  const { list } = exam
  list.reach('etag')
  const etag = await etagOf(exam, path)
  list.set('etag', etag === undefined ? 'skipped' : etag === 'strong' ? 'fine' : 'warning')
  list.reach('range')
  const hasRanges = await isPartial(exam, path)
  list.set('range', hasRanges ? 'fine' : 'warning')
  return { ...(etag && { etag }), hasRanges }
}

// Apache: an ETag is weak for 2 s after a change.
const settledMs = 2500

async function etagOf(exam: Examination, file: string): Promise<Facts['etag']> {
  const { address, probe, clock, signal } = exam
  const asked = { path: address.folder + file, signal }
  const { etag } = await probe.properties(asked)
  if (etag !== 'weak') return etag
  await clock.wait(settledMs, { signal })
  return (await probe.properties(asked)).etag
}

async function isPartial({ remote, signal }: Examination, path: string): Promise<boolean> {
  const range = { from: 0, to: 1 }
  const { value } = await attempt(() => remote.read(path, { range, signal }))
  return value?.isPartial ?? false
}
