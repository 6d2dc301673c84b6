import type { MediaFolder } from '../../sync/ports.ts'
import { attempt } from '../../sync/attempt.ts'
import type { Progress, Receipt } from '../../sync/receipt.ts'
import { tellWhatIsDue } from '../../sync/update/refresh.ts'
import { update, type UpdateOptions } from '../../sync/update/update.ts'
import type { Session } from '../session.ts'
import { aloneWhileKnown } from './alone.ts'
import { keepAwake } from './keep.ts'
import type { Scene } from './scene.ts'
import { connectTo } from './sources.ts'
import { warmUp } from './warm-up.ts'

type OnceOptions = Pick<UpdateOptions, 'profile' | 'acceptVanished'> & {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Updates once nothing else runs for the congregation; undefined where it was forgotten meanwhile. */
export function updateOnce(session: Session, options: OnceOptions): Promise<Receipt | undefined> {
  const { ports } = session
  const { profile: id, signal } = options
  const task = async () => {
    const sources = { ...(await sourcesOf(session, id)), folder: await folderOf(session, id) }
    const receipt = await keepAwake(() => update(sources, options))
    warmUp(ports.converters)
    return receipt
  }
  return aloneWhileKnown(id, task, { store: ports.store, signal })
}

/** Tells the others what came of the last update, if it saw the sync folder: else the next look does that. */
export async function tellOthers(
  session: Session,
  scene: Scene,
  { profile: id, signal }: Pick<OnceOptions, 'profile' | 'signal'>,
): Promise<void> {
  const { ports } = session
  if (!scene.receipt.value?.isFresh) return
  // What a look would tell, which the update may have broken off.
  const tell = async () => tellWhatIsDue(await sourcesOf(session, id), { profile: id, signal })
  try {
    const told = await aloneWhileKnown(id, () => attempt(tell), { store: ports.store, signal })
    if (told?.failure && session.profile.value?.id === id) scene.say(told.failure)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function sourcesOf(session: Session, id: string) {
  const { ports } = session
  return { ...ports, ...(await connectTo(session, id)), catalogue: ports.catalogueOf(id) }
}

/** The media folder, where it may be written right now. */
async function folderOf({ ports }: Session, profile: string): Promise<MediaFolder | undefined> {
  const handle = await ports.folders.get(profile)
  const isAllowed = handle && (await ports.folders.permissionOf(handle)) === 'granted'
  return isAllowed ? ports.folders.open(handle) : undefined
}
