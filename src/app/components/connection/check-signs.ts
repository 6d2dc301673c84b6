import type { Component } from 'vue'
import IconWaiting from '~icons/lucide/circle'
import IconFine from '~icons/lucide/circle-check'
import IconSkipped from '~icons/lucide/circle-minus'
import IconBroken from '~icons/lucide/circle-x'
import IconRunning from '~icons/lucide/loader-circle'
import IconWarning from '~icons/lucide/triangle-alert'
import type { CheckState } from '../../../domain/diagnosis.ts'

/** The sign of a check's state; the word beside it says the same. */
export const checkSigns: Readonly<Record<CheckState, { icon: Component; tone: string }>> = {
  waiting: { icon: IconWaiting, tone: 'text-muted' },
  running: { icon: IconRunning, tone: 'text-accent motion-safe:animate-spin' },
  fine: { icon: IconFine, tone: 'text-success' },
  warning: { icon: IconWarning, tone: 'text-warning' },
  broken: { icon: IconBroken, tone: 'text-danger' },
  skipped: { icon: IconSkipped, tone: 'text-muted' },
}
