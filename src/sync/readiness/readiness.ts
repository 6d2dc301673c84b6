import { failureOf } from '../../domain/failure.ts'
import { kindOf, type CuratedDay } from '../../domain/media.ts'
import {
  readinessOf,
  type DayFolder,
  type MeetingFile,
  type Readiness,
} from '../../domain/readiness.ts'
import { dayOfOutput, isBesidePath, outputFiles } from '../../domain/output.ts'
import { readIndex } from '../export/folder-index.ts'
import type { Output } from '../export/outputs.ts'
import { wantedOutputs } from '../export/wanted-outputs.ts'
import type { MediaFolder, Store } from '../ports.ts'
import { inspectFiles, type InspectOptions, type InspectPorts } from './inspect.ts'

/** The media folder, if any; 'shut' where the browser has to be asked for it again. */
export type FolderSight = MediaFolder | 'none' | 'shut'

type ReadinessPorts = InspectPorts & {
  readonly store: InspectPorts['store'] & Pick<Store, 'heldFiles' | 'blobKeys'>
  readonly folder: FolderSight
  /** What an export would write of the day. */
  readonly outputs: () => Promise<readonly Output[]>
}

type ReadinessOptions = InspectOptions & {
  /** Names of what JW.org publishes for the day and what could not be had. */
  readonly missing: readonly string[]
  readonly isSigned: boolean
}

/** Looks whether a meeting can begin with what is here: reads of each file as much as tells, and none of them twice. */
export async function readiness(
  ports: ReadinessPorts,
  day: CuratedDay,
  options: ReadinessOptions,
): Promise<Readiness> {
  const { missing, isSigned, learned } = options
  const files = await meetingFiles(ports.store, day, options.profile)
  await inspectFiles(ports, files, options)
  return readinessOf({
    files,
    outputs: (await ports.outputs()).filter(({ isBeside }) => !isBeside),
    inspected: Object.fromEntries(learned),
    folder: await dayFolder(ports.folder, day),
    awaited: day.awaited,
    missing,
    isSigned,
  })
}

async function meetingFiles(
  store: ReadinessPorts['store'],
  day: CuratedDay,
  profile: string,
): Promise<MeetingFile[]> {
  const [wanted, keys] = await Promise.all([wantedOutputs(store, [day], profile), store.blobKeys()])
  const known = new Map(wanted.map(({ path, key }) => [path, key]))
  return outputFiles([day]).map(({ path, file: { name, size, origin } }) => {
    const key = known.get(path)
    const isHere = key !== undefined && keys.has(key)
    return { path, name, size, origin, kind: kindOf(name), ...(isHere && { key }) }
  })
}

async function dayFolder(folder: FolderSight, { day }: CuratedDay): Promise<DayFolder> {
  if (typeof folder === 'string') return { of: folder }
  try {
    const [files, { rows }] = await Promise.all([folder.list(day), readIndex(folder)])
    const there = new Set(files.map(({ path }) => path))
    const isMedium = (path: string) => dayOfOutput(path) === day && !isBesidePath(path)
    const ours = [...rows.keys()].filter((path) => isMedium(path) && there.has(path))
    return { of: 'open', files, ours }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    return { of: failure.kind === 'folder-gone' ? 'gone' : 'shut' }
  }
}
