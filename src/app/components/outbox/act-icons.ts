import type { Component } from 'vue'
import IconShow from '~icons/lucide/eye'
import IconHide from '~icons/lucide/eye-off'
import IconMove from '~icons/lucide/calendar-arrow-up'
import IconOrder from '~icons/lucide/arrow-up-down'
import IconRename from '~icons/lucide/pencil'
import IconAdd from '~icons/lucide/plus'
import IconDelete from '~icons/lucide/trash'
import IconRule from '~icons/lucide/repeat'
import IconBack from '~icons/lucide/undo'
import type { WaitingAct } from '../../composables/useWaitingActs.ts'

/** The shape that goes with each kind of act, the same as on its button. */
export const actIcons: Readonly<Record<WaitingAct['kind'], Component>> = {
  add: IconAdd,
  remove: IconDelete,
  restore: IconBack,
  rename: IconRename,
  hide: IconHide,
  show: IconShow,
  move: IconMove,
  order: IconOrder,
  rule: IconRule,
}
