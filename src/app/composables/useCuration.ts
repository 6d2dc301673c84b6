import { toValue, type MaybeRefOrGetter } from 'vue'
import { apply, inverse, type Act, type StampedAct } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import type { Contents } from '../../domain/layout.ts'
import { always, isSameRule, rulesIn, type Rule } from '../../domain/recurrence.ts'
import {
  copyNames,
  hideRow,
  moveRow,
  placeRow,
  removeRow,
  renameRow,
  ruleRow,
  showRow,
  type Row,
} from '../../domain/rows.ts'
import { record } from '../../sync/acts.ts'
import { contentKey } from '../../sync/content-key.ts'
import type { NewBlob } from '../../sync/ports.ts'
import { useItemBytes } from './useItemBytes.ts'
import { useOutbox } from './useOutbox.ts'
import { useSession } from './useSession.ts'

/** Takes back what was done: appends the inverse acts, the last first. */
export type Undo = () => Promise<void>

type Doing = { readonly act: Act; readonly blobs?: readonly NewBlob[] }

const nothing: Contents = { files: [], markers: [], odd: [] }

/** What the VO does to the media of a place: at once on screen, kept until it is sent. Each answers how to take it back; nothing where nothing was to be done. */
export function useCuration(place: MaybeRefOrGetter<Place>) {
  const { ports, snapshot, refresh } = useSession()
  const { sendSoon } = useOutbox()
  const { bytesOf } = useItemBytes()
  const contents = (): Contents => snapshot.value?.facts.contents ?? nothing

  /** In the congregation that is open, or in the one that was open when it began. */
  const perform = (doings: readonly Doing[], profile = snapshot.value?.profile.id) =>
    carryOut(doings.flatMap(withFreshRule), profile)

  // What comes to be recurring begins afresh, whatever was said of another file that bore its name.
  function withFreshRule(doing: Doing): Doing[] {
    const name = nameOfRecurring(doing.act)
    const was = name === undefined ? always : rulesIn(snapshot.value?.facts.journal ?? [])(name)
    if (name === undefined || isSameRule(was, always)) return [doing]
    return [doing, { act: { do: 'rule', place: 'recurring', name, rule: always, was } }]
  }

  // Taken back where it was done, whichever congregation is open by then.
  async function carryOut(
    doings: readonly Doing[],
    profile: string | undefined,
  ): Promise<Undo | undefined> {
    if (profile === undefined || doings.length === 0) return undefined
    const done: StampedAct[] = []
    for (const doing of doings) done.push(await record(ports, profile, doing))
    await refresh()
    await sendSoon()
    return async () => {
      const inverses = done.toReversed().map((stamped) => ({ act: inverse(stamped) }))
      await carryOut(inverses, profile)
    }
  }

  const act = (acts: readonly Act[]) => perform(acts.map((one) => ({ act: one })))

  /** Row after row, each by what the ones before it leave behind: two of one name get two names. */
  function inTurn(rows: readonly Row[], actsOf: (row: Row, now: Contents) => readonly Act[]) {
    let now = contents()
    return rows.flatMap((row) => {
      const acts = actsOf(row, now)
      now = apply(acts, now)
      return acts
    })
  }

  function onDay(actsOf: (day: Exclude<Place, 'recurring'>, row: Row) => readonly Act[]) {
    return (rows: readonly Row[]) => {
      const day = toValue(place)
      return act(day === 'recurring' ? [] : rows.flatMap((row) => actsOf(day, row)))
    }
  }

  async function copiesOf(rows: readonly Row[], into: Place): Promise<Doing[]> {
    const doings: Doing[] = []
    let now = contents()
    for (const row of rows) {
      for (const { item, name } of copyNames(row, going(rows, into, now))) {
        const body = await bytesOf(item)
        const key = await contentKey(body)
        const copy: Act = { do: 'add', place: into, name, size: body.size, key }
        now = apply([copy], now)
        doings.push({ act: copy, blobs: [{ key, body }] })
      }
    }
    return doings
  }

  return {
    perform,
    hide: onDay(hideRow),
    show: onDay(showRow),
    remove: (rows: readonly Row[]) => act(rows.flatMap((row) => removeRow(toValue(place), row))),
    /** `stem` is the new name without its extension, which stays. */
    rename: (row: Row, stem: string) =>
      act(renameRow(toValue(place), row, { stem, contents: contents() })),
    move: (rows: readonly Row[], into: Place) =>
      act(inTurn(rows, (row, now) => moveRow(toValue(place), row, going(rows, into, now)))),
    /** Takes what is recurring to this place alone. */
    keepHere: (rows: readonly Row[]) => {
      const into = toValue(place)
      return act(inTurn(rows, (row, now) => moveRow('recurring', row, going(rows, into, now))))
    },
    /** Rejects where the bytes of one are not here and cannot be had now; then nothing was copied. */
    copy: async (rows: readonly Row[], into: Place) => perform(await copiesOf(rows, into)),
    /** Brings the row at `from` to `to` among the rows that are shown. */
    arrange: (rows: readonly Row[], from: number, to: number) =>
      act(placeRow(toValue(place), rows, { from, to, contents: contents() })),
    rule: (row: Row, rule: Rule) => act(ruleRow(row, rule)),
    /** Takes back something that stands in the history. */
    takeBack: (stamped: StampedAct) =>
      carryOut([{ act: inverse(stamped) }], snapshot.value?.profile.id),
  }
}

function going(rows: readonly Row[], into: Place, contents: Contents) {
  return { into, contents, isOneOfMany: rows.length > 1 }
}

function nameOfRecurring(act: Act): string | undefined {
  if (act.do === 'add' && act.place === 'recurring') return act.name
  return act.do === 'move' && act.into === 'recurring' ? act.to : undefined
}
