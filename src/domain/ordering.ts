// Where the VO wants things that are not files of their day: M³ knows no order but that of the names.
import { ownItemId } from './act.ts'
import type { Day } from './day.ts'
import { mergeJournals, type Journal } from './journal.ts'

/** The running number that the VO gave an item on a day; undefined where its name orders it. */
export type OrderOf = (day: Day, item: string) => string | undefined

/** The last word on each item counts; it goes along when a recurring file gets another name. */
export function ordersIn(journal: Journal): OrderOf {
  const orders = new Map<string, Map<Day, string>>()
  for (const { act } of mergeJournals(journal)) {
    if (act.do === 'order') {
      const days = orders.get(act.item) ?? new Map<Day, string>()
      orders.set(act.item, days.set(act.day, act.prefix))
    }
    if (act.do === 'rename' && act.place === 'recurring') {
      const [from, to] = [ownItemId('recurring', act.name), ownItemId('recurring', act.to)]
      const days = orders.get(from)
      if (!days || from === to) continue
      orders.delete(from)
      orders.set(to, new Map([...(orders.get(to) ?? []), ...days]))
    }
  }
  return (day, item) => orders.get(item)?.get(day) || undefined
}
