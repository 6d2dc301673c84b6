import { useRunner } from './useRunner.ts'

export type { Progress, Receipt, Trouble } from '../../sync/receipt.ts'

/** "Update media folders": its progress and its receipt. */
export function useUpdate() {
  const { isUpdating, progress, receipt, update, cancel } = useRunner()
  return { isUpdating, progress, receipt, update, cancel }
}
