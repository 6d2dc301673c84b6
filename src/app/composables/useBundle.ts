import { onScopeDispose, shallowRef } from 'vue'
import { bundleName, type BundleSpan } from '../../domain/bundle.ts'
import { curatedDays } from '../../domain/curated-days.ts'
import { curate } from '../../domain/curation.ts'
import { addDays, weekOf } from '../../domain/day.ts'
import type { CuratedDay } from '../../domain/media.ts'
import { bundleDays, type BundleStep } from '../../sync/bundle/bundle-days.ts'
import type { Exceptions } from '../../sync/bundle/outgoing.ts'
import type { PrepareStep } from '../../sync/export/outputs.ts'
import { keepAwake } from '../running/keep.ts'
import type { Session } from '../session.ts'
import { useSession } from './useSession.ts'

export type { Exceptions, PrepareStep }

/** What came of bundling: no file where nothing was here. */
export type Bundled = Exceptions & { readonly file?: File; readonly count: number }

/** The days of a span in one file, made of what is stored here. */
export function useBundle(span: BundleSpan) {
  const session = useSession()
  const making = shallowRef<PrepareStep>()
  const step = shallowRef<BundleStep>()
  const isBusy = shallowRef(false)
  const cancelling = new AbortController()
  onScopeDispose(cancel)

  function cancel(): void {
    cancelling.abort()
  }

  async function make(profile: string, name: string): Promise<Bundled> {
    const { ports, settings } = session
    const options = {
      profile,
      settings: settings.value,
      signal: cancelling.signal,
      onMade: (next: PrepareStep) => (making.value = next),
      onStep: (next: BundleStep) => (step.value = next),
    }
    const sources = { ...ports, bundle: await ports.bundle() }
    const made = await bundleDays(sources, daysOf(session, span), options)
    if (!('body' in made)) return { ...made, count: 0 }
    const { body, ...rest } = made
    return { ...rest, file: new File([body], name, { type: body.type }) }
  }

  return {
    /** What is converted before the bundling begins. */
    making,
    step,
    isBusy,
    cancel,
    /** Undefined where it was cancelled. */
    bundle: async (): Promise<Bundled | undefined> => {
      const profile = session.profile.value
      if (!profile) return undefined
      isBusy.value = true
      try {
        return await keepAwake(() => make(profile.id, bundleName(profile.name, span)))
      } catch (error) {
        if (!cancelling.signal.aborted) throw error
        return undefined
      } finally {
        isBusy.value = false
      }
    },
  }
}

/** The days of a span as everyone gets them; what is past of a week is left out, as in an update. */
export function daysOf({ snapshot, today }: Session, span: BundleSpan): CuratedDay[] {
  const facts = snapshot.value?.facts
  if (!facts) return []
  if ('day' in span) return curate(facts, weekOf(span.day)).filter(({ day }) => day === span.day)
  const from = span.week > today.value ? span.week : today.value
  return curatedDays(facts, { from, to: addDays(span.week, 6) })
}
