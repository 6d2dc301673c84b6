import type { StampedAct } from '../../domain/act.ts'
import { sendRemove } from './send-away.ts'
import { sendMove } from './send-move.ts'
import { sendAdd, sendRestore } from './send-file.ts'
import { sendHide, sendShow } from './send-marker.ts'
import type { SendOptions, SendPorts, Sent } from './sending.ts'

/**
 * Carries one act out on the sync folder. However often it is broken off and begun again, the folder ends as if it had
 * been sent once; nothing half-written is ever visible in `Media`, and nothing of somebody else's is overwritten.
 */
export async function sendAct(
  ports: SendPorts,
  { id, act }: StampedAct,
  options: SendOptions,
): Promise<Sent> {
  switch (act.do) {
    case 'add':
      return sendAdd(ports, { id, act }, options)
    case 'restore':
      return sendRestore(ports, { id, act }, options)
    case 'remove':
      return sendRemove(ports, { id, act }, options)
    case 'rename':
      return sendMove(ports, { id, act: { ...act, do: 'move', into: act.place } }, options)
    case 'move':
      return sendMove(ports, { id, act }, options)
    case 'hide':
      return sendHide(ports, act, options)
    case 'show':
      return sendShow(ports, act, options)
    // M³ has no form for what these say: this device's file tells the others.
    case 'order':
    case 'rule':
      return {}
  }
}
