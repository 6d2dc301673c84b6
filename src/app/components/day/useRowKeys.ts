import { useEventListener } from '@vueuse/core'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Place } from '../../../domain/day.ts'
import { isOwnAt } from '../../../domain/rows.ts'
import { useSession } from '../../composables/useSession.ts'
import { attempt } from '../../ui/attempt.ts'
import { hasSingleKeys, isElsewhere, isTyping } from '../../ui/keys.ts'
import { lastUndo, sayUndone } from './last-undo.ts'
import type { RowAct, RowView } from './row-views.ts'

type KeyOptions = {
  readonly place: MaybeRefOrGetter<Place>
  readonly rows: MaybeRefOrGetter<readonly RowView[]>
  readonly mayChange: MaybeRefOrGetter<boolean>
  readonly perform: (act: RowAct, row: RowView) => void
  /** Somebody wants to know the keys. */
  readonly onHelp: () => void
}

/**
 * A day by keyboard: arrows from row to row, Alt with an arrow moves the row, H hides, R renames, Delete deletes, Space
 * previews, and Ctrl or ⌘ with Z takes back what was done last.
 */
export function useRowKeys(
  list: MaybeRefOrGetter<HTMLElement | null>,
  { place, rows, mayChange, perform, onHelp }: KeyOptions,
): void {
  const { profile } = useSession()
  const { t } = useI18n()

  function rowAt(event: KeyboardEvent): RowView | undefined {
    const element = (event.target as Element | null)?.closest('li')
    const at = [...(toValue(list)?.children ?? [])].findIndex((child) => child === element)
    return toValue(rows)[at]
  }

  function focusRow(index: number): void {
    const row = toValue(list)?.children[index]
    row?.querySelector<HTMLElement>('[data-preview], button, input')?.focus()
  }

  function handle(event: KeyboardEvent): boolean {
    const row = rowAt(event)
    if (row?.index === undefined || event.ctrlKey || event.metaKey) return false
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step !== 0 && event.altKey && toValue(mayChange) && !event.repeat) {
      perform(step < 0 ? 'up' : 'down', row)
      return true
    }
    if (step !== 0 && !event.altKey) {
      focusRow(row.index + step)
      return true
    }
    return (
      hasSingleKeys.value &&
      !event.altKey &&
      !event.repeat &&
      toValue(mayChange) &&
      single(event.key, row)
    )
  }

  function single(key: string, row: RowView): boolean {
    const act = keyActs[key.length === 1 ? key.toLowerCase() : key]
    const isOwn = isOwnAt(toValue(place), row.item)
    // What comes from elsewhere can only be hidden here; what is the day's own, renamed and deleted.
    if (!act || (act !== 'more' && isOwn === (act === 'hide'))) return false
    perform(act, row)
    return true
  }

  useEventListener(list, 'keydown', (event: KeyboardEvent) => {
    if (handle(event)) event.preventDefault()
  })
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.key === '?' && hasSingleKeys.value && !isTyping(event)) onHelp()
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)
    const undo = lastUndo(profile.value?.id)
    if (!isUndo || event.shiftKey || isElsewhere(event) || !toValue(mayChange) || !undo) return
    event.preventDefault()
    void attempt(() => sayUndone(undo, t('day.undone')))
  })
}

const keyActs: Readonly<Record<string, RowAct>> = {
  h: 'hide',
  r: 'rename',
  m: 'more',
  Delete: 'remove',
}
