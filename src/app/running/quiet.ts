import type { Session } from '../session.ts'
import { aloneWhileKnown, breakOffElsewhere, otherTabs, type OtherTabs } from './alone.ts'
import { isAnotherMoving } from './moving.ts'
import { beginPause } from './pause.ts'

/** Breaking off what runs for a congregation, in all tabs; `breakOffHere` does it in this one. */
export function createQuiet({ ports, profile, refresh }: Session, breakOffHere: () => void) {
  let tabs: OtherTabs | undefined

  function breakOff(id: string): void {
    if (id !== profile.value?.id) {
      breakOffElsewhere(id)
      return
    }
    breakOffHere()
    tabs?.breakOff()
  }

  /** Runs a task while nothing else runs for a congregation, by default the open one; what runs is broken off. */
  async function whenQuiet(task: () => Promise<void>, id = profile.value?.id): Promise<void> {
    if (id === undefined) return
    // First in the line, then the call: whatever is begun again after it comes after the task.
    const done = aloneWhileKnown(id, task, { store: ports.store })
    breakOff(id)
    await done
  }

  /** The congregation that is open from now on in this tab. */
  function open(id: string | undefined): void {
    tabs?.close()
    tabs = id === undefined ? undefined : otherTabs(id, breakOffHere)
  }

  /** Breaks off what is being sent. Nothing goes out by itself until the next act, "Send now" or an update. */
  async function stop(): Promise<void> {
    const id = profile.value?.id
    if (id === undefined) return
    try {
      // Before anything ends: a look that waits for its turn must find it.
      await beginPause(ports.store, id)
    } finally {
      breakOff(id)
    }
    await refresh()
  }

  /** Runs a task that gives an act up: at once while another act's file goes up, else while nothing runs. */
  async function whenNotUnderWay(act: string, task: () => Promise<void>): Promise<void> {
    const id = profile.value?.id
    if (id === undefined) return
    // Before each act its sender looks whether it was given up.
    await ((await isAnotherMoving(id, act)) ? task() : whenQuiet(task))
  }

  return { open, whenQuiet, stop, whenNotUnderWay }
}
