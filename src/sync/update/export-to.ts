import type { CuratedDay } from '../../domain/media.ts'
import type { Settings } from '../../domain/settings.ts'
import { attempt, type Attempt } from '../attempt.ts'
import { exportDays, type ExportOptions, type ExportStep } from '../export/export.ts'
import type { ExportReceipt } from '../export/export-receipt.ts'
import { prepareOutputs, type PreparePorts, type PrepareStep } from '../export/outputs.ts'
import type { Clock, MediaFolder } from '../ports.ts'
import { progressIn, type Progress } from '../receipt.ts'

type ExportPorts = PreparePorts & {
  readonly folder?: MediaFolder | undefined
  readonly clock: Pick<Clock, 'today'>
}

type ExportWish = Pick<ExportOptions, 'isUnread' | 'mayLeaveEarly' | 'signal'> & {
  readonly profile: string
  readonly settings: Settings
  readonly isKnown: boolean
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Writes the media folder, where there is one that may be written. */
export async function exportTo(
  ports: ExportPorts,
  days: readonly CuratedDay[],
  { profile, settings, signal, onProgress, isKnown, isUnread, mayLeaveEarly }: ExportWish,
): Promise<Attempt<ExportReceipt> | undefined> {
  const { folder, store, clock } = ports
  if (!folder) return undefined
  onProgress?.(progressIn('exporting'))
  return attempt(async () => {
    const onMade = (step: PrepareStep) => onProgress?.(progressOfMaking(step))
    const prepared = await prepareOutputs(ports, days, {
      profile,
      settings,
      signal,
      onStep: onMade,
    })
    return exportDays({ folder, store }, prepared, {
      today: clock.today(),
      signal,
      // What is not known to be unwanted stays on disk.
      keep: () => !isKnown,
      isUnread,
      mayLeaveEarly,
      onStep: (step) => onProgress?.({ ...progressIn('exporting'), ...countsOf(step) }),
    })
  })
}

function progressOfMaking({ name, size, doneFiles, totalFiles, share }: PrepareStep): Progress {
  const files = [{ ref: name, name, size, received: share * size }]
  return { ...progressIn('converting'), doneFiles, totalFiles, files }
}

function countsOf({ doneFiles, totalFiles, doneBytes, totalBytes }: ExportStep) {
  return { doneFiles, totalFiles, doneBytes, totalBytes }
}
