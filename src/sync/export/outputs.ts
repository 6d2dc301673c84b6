import type { FailedOutput, WantedOutput } from '../../domain/export-plan.ts'
import type { ContentKey, CuratedDay } from '../../domain/media.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Converter, PageReader } from '../convert/ports.ts'
import type { Store } from '../ports.ts'
import { allForms } from './all-forms.ts'
import { besideOutputs } from './beside.ts'
import { namedOutputs } from './named-outputs.ts'
import { wantedOutputs, type OwnOutput } from './wanted-outputs.ts'

/** A file of the media folder; without a key its bytes are not on this device. */
export type Output = WantedOutput & {
  /** The path of the item's own file, where this one was made of it. */
  readonly of?: string
  /** It goes with the media of its day and is none itself. */
  readonly isBeside?: true
}

/** What the media folder, or a bundle, is to hold of some days. */
export type Prepared = {
  /** In the order of the days and their items. */
  readonly outputs: readonly Output[]
  /** The bytes of an output; undefined where they are not on this device. */
  bytesOf(key: ContentKey): Promise<Blob | undefined>
  /** What could not be made; the files that it was to be made of are among the outputs. */
  readonly failed: readonly FailedOutput[]
}

/** How far the making is; `name` is the item that is being converted, `share` how much of it is done, from 0 to 1. */
export type PrepareStep = {
  readonly name: string
  /** Of the item, in bytes. */
  readonly size: number
  readonly doneFiles: number
  readonly totalFiles: number
  readonly share: number
}

export type PreparePorts = {
  readonly store: Pick<Store, 'heldFiles' | 'blob' | 'blobKeys' | 'putFiles'>
  /** What makes pictures of files that no player shows; without it they stay as they are. */
  readonly converters?:
    | (() => Promise<{ readonly incoming: readonly Converter[]; readonly pages: PageReader }>)
    | undefined
  /** What makes films; without it everything stays as it is. */
  readonly outgoing?: (() => Promise<readonly Converter[]>) | undefined
}

export type PrepareOptions = {
  readonly profile: string
  readonly settings: Pick<Settings, 'media' | 'meetings'>
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((step: PrepareStep) => void) | undefined
}

/**
 * Makes what is lacking of the forms that the hall's players need, each once, and answers all that is to be exported of
 * the days. Rejects only with the signal's reason, or where the store cannot be read.
 */
export async function prepareOutputs(
  ports: PreparePorts,
  days: readonly CuratedDay[],
  options: PrepareOptions,
): Promise<Prepared> {
  const { store } = ports
  const own = await wantedOutputs(store, days, options.profile)
  const { forms, failed } = await allForms(ports, own, options)
  const media = namedOutputs(own, forms)
  const beside = await besideOutputs(media, jworgPaths(own), options.settings)
  const texts = new Map(beside.map(({ output, body }) => [output.key, body]))
  return {
    outputs: [...media, ...beside.map(({ output }) => output)],
    bytesOf: async (key) => texts.get(key) ?? store.blob(key),
    failed,
  }
}

function jworgPaths(own: readonly OwnOutput[]): ReadonlySet<string> {
  return new Set(own.filter(({ isJworg }) => isJworg).map(({ path }) => path))
}
