import type { Failure } from '../../domain/failure.ts'
import type { Progress } from '../../sync/receipt.ts'
import { refresh } from '../../sync/update/refresh.ts'
import type { Session } from '../session.ts'
import { aloneWhileKnown } from './alone.ts'
import { restAfterMs } from './glance.ts'
import { keepAwake } from './keep.ts'
import { movingSign } from './moving.ts'
import { isPaused } from './pause.ts'
import type { Scene } from './scene.ts'
import { accountOf, connectTo, seeOnly } from './sources.ts'
import { countWaiting } from './waiting.ts'

/** `isAutomatic` when nobody asked for it. */
export type LookChoice = { readonly isAutomatic: boolean }

type LookOptions = LookChoice & { readonly profile: string; readonly signal: AbortSignal }

/** Sending what waits and learning what is there now, in this tab; `clearTheWay` ends what the look replaces. */
export function createLooks(session: Session, scene: Scene, clearTheWay: () => void) {
  const { ports, profile, snapshot } = session
  const showMoving = movingSign()
  let looking = new AbortController()
  let wanted: LookChoice | undefined

  /** Media move only when the user updates. */
  async function look(choice: LookChoice = { isAutomatic: true }): Promise<void> {
    if (profile.value === undefined || scene.isUpdating.value) return
    // What changed since the look under way began, such as the password, needs another one.
    want(choice)
    if (scene.isSending.value) return
    scene.isSending.value = true
    clearTheWay()
    try {
      for (let next = takeWanted(); next; next = takeWanted()) await lookAndHeed(next)
    } finally {
      scene.isSending.value = false
    }
  }

  function want(choice: LookChoice): void {
    wanted = wanted?.isAutomatic === false ? wanted : choice
  }

  function takeWanted(): LookChoice | undefined {
    const taken = wanted
    wanted = undefined
    return taken
  }

  async function lookAndHeed(choice: LookChoice): Promise<void> {
    // Another congregation may have been opened since the look before.
    const id = profile.value?.id
    if (id === undefined) return
    const [asked, trouble] = await Promise.all([accountOf(session, id), lookOnce(id, choice)])
    if (!trouble || restAfterMs(trouble) === 0) return
    // Some servers lock an account that keeps trying: what was wanted meanwhile would only ask the very same again.
    const next = takeWanted()
    const isSame = asked === (await accountOf(session, profile.value?.id))
    if (next && !isSame && !looking.signal.aborted) want(next)
  }

  /** Answers what went wrong; nothing where it was broken off. */
  async function lookOnce(id: string, choice: LookChoice): Promise<Failure | undefined> {
    scene.lookedAt.value = ports.clock.now()
    looking = new AbortController()
    const { signal } = looking
    const task = () => sendAndSee({ ...choice, profile: id, signal })
    // A tablet that sleeps would break an upload off.
    const awake = countWaiting(snapshot.value) > 0 ? () => keepAwake(task) : task
    try {
      const trouble = await aloneWhileKnown(id, awake, { store: ports.store, signal })
      if (signal.aborted) return undefined
      scene.say(trouble)
      return trouble
    } catch (error) {
      if (!signal.aborted) throw error
      return undefined
    } finally {
      scene.sending.value = undefined
      showMoving(id, undefined)
    }
  }

  async function sendAndSee(options: LookOptions): Promise<Failure | undefined> {
    // Asked only now: while this look waited for its turn, somebody may have stopped the sending in another tab.
    if (await isPaused(ports.store, options.profile))
      return seeOnly(session, options.profile, options.signal)
    const onProgress = (now: Progress) => {
      if (!options.signal.aborted) show(options.profile, now)
    }
    const way = await connectTo(session, options.profile)
    const catalogue = ports.catalogueOf(options.profile)
    return refresh({ ...ports, catalogue, ...way }, { ...options, onProgress })
  }

  function show(id: string, now: Progress): void {
    scene.sending.value = now.phase === 'sending' ? now : undefined
    showMoving(id, scene.sending.value?.files[0]?.ref)
  }

  return {
    look,
    /** Ends the look under way, and the one that was to follow: what takes its place sees all they would have seen. */
    breakOff(): void {
      wanted = undefined
      looking.abort()
    },
  }
}
