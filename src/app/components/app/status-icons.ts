import type { Component } from 'vue'
import IconAttention from '~icons/lucide/circle-alert'
import IconWaiting from '~icons/lucide/clock'
import IconSeen from '~icons/lucide/cloud-check'
import IconOffline from '~icons/lucide/cloud-off'
import IconAlone from '~icons/lucide/laptop'
import IconMoving from '~icons/lucide/refresh-cw'
import type { Status } from './status.ts'

/** The shape that goes with each word of the header's status. */
export const statusIcons: Readonly<Record<Status, Component>> = {
  updating: IconMoving,
  sending: IconMoving,
  looking: IconMoving,
  attention: IconAttention,
  password: IconAttention,
  offline: IconOffline,
  waiting: IconWaiting,
  alone: IconAlone,
  neverSeen: IconWaiting,
  seen: IconSeen,
}
