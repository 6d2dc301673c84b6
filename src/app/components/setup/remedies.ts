import type { Verdict } from '../../../domain/diagnosis.ts'
import type { SetupStep } from '../../composables/useSetup.ts'

type Mendable = Extract<SetupStep, 'address' | 'account' | 'folder'>

// Where the advice is to ask somebody or to wait, no answer is to be changed.
const remedies: Partial<Record<Verdict['kind'], readonly Mendable[]>> = {
  'bad-address': ['address'],
  'mixed-content': ['address'],
  unreachable: ['address'],
  redirect: ['address'],
  'bad-answer': ['address'],
  'not-webdav': ['address', 'folder'],
  'wrong-folder': ['folder'],
  'wrong-password': ['account'],
  'silent-refusal': ['account', 'folder'],
}

/** The questions whose answers the advice on a verdict wants changed. */
export function remediesFor({ kind }: Verdict): readonly Mendable[] {
  return remedies[kind] ?? []
}
