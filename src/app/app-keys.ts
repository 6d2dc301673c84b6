import type { Router } from 'vue-router'
import { addDays, weekOf } from '../domain/day.ts'
import type { Runner } from './running/runner.ts'
import type { Session } from './session.ts'
import { hasSingleKeys } from './ui/keys.ts'

type KeyScene = {
  readonly session: Pick<Session, 'profile' | 'today'>
  readonly runner: Pick<Runner, 'update'>
  readonly router: Pick<Router, 'push'>
}

/** Single keys that do something everywhere: U updates, 1 to 7 open the days of this week. */
export function listenForKeys({ session, runner, router }: KeyScene): void {
  document.addEventListener('keydown', (event) => {
    if (!hasSingleKeys.value || !session.profile.value || !isMeant(event)) return
    if (event.key.toLowerCase() === 'u') void runner.update()
    if (/^[1-7]$/.test(event.key)) {
      const day = addDays(weekOf(session.today.value), Number(event.key) - 1)
      void router.push(`/day/${day}`)
    }
  })
}

// What is typed into a field, or over a dialog, is meant for that; with another key it is the browser's.
function isMeant({ target, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || repeat || document.querySelector(':modal')) return false
  return !(target instanceof Element && target.closest('input, textarea, select, video, audio'))
}
