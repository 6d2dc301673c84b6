import type { UpdateChoice } from '../running/updates.ts'
import { usePassword } from './usePassword.ts'
import { useRunner } from './useRunner.ts'

export type { Progress, Receipt, Trouble } from '../../sync/receipt.ts'

/** "Update media folders": its progress and its receipt. */
export function useUpdate() {
  const { isUpdating, progress, receipt, update, cancel } = useRunner()
  const { askFirst } = usePassword()
  return {
    isUpdating,
    progress,
    receipt,
    /** Where the password is not at hand it is asked for first. */
    update: (choice?: UpdateChoice): Promise<void> => askFirst(() => update(choice)),
    cancel,
  }
}
