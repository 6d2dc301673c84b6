import { systemClock as serverClock } from '../../server/clock.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import type { Choice, ChoiceList } from '../../src/sync/offers/choice.ts'
import { carryOut } from '../../src/sync/steps.ts'
import { openDevice } from '../doubles/congregation.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'

const today = '2026-11-16'

export const profile = 'congregation'

/** The sample's JW.org as of the day that these stories are told. */
export function openJworg(): Promise<Jworg> {
  return startJworg({ clock: { ...serverClock, now: () => Date.parse(`${today}T08:00:00Z`) } })
}

/** A device of a VO who adds, with all that adding from JW.org needs; nobody answers at `links` where there is none. */
export async function openVo(links: string, media: Partial<MediaSettings> = {}) {
  const settings = { media: { ...defaultSettings.media, language: 'E', ...media } }
  const { store, clock } = await openDevice({ id: 'tablet', today, settings })
  const worker = {
    run: carryOut.bind(undefined, { store, clock, catalogue: { read: readJworg } }),
  }
  return {
    ...{ store, clock, worker, readFile: readJworg },
    service: mediaService(links),
    reader: publicationReader({ startWorker: readerWorker }),
  }
}

/** The list once JW.org was asked for all that it may have. */
export function looked(list: ChoiceList): Promise<Choice[]> {
  return Promise.all(list.choices.map((choice) => list.look(choice)))
}

/** What a choice stands for, or that it is missing. */
export function shortly({ name, standing }: Choice): string {
  return standing.is === 'here' ? name : `${name} (${standing.is})`
}

/** The bytes of a choice that is here. */
export async function bytesOf({ standing }: Choice): Promise<Blob> {
  if (standing.is !== 'here') throw new Error('nobody can have this')
  return standing.offer.bytes()
}
