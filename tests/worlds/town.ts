// The congregation of a world: its sync folder, its devices, its M³, and the time they share.
import type { StampedAct } from '../../src/domain/act.ts'
import { mediaTop } from '../../src/domain/layout.ts'
import type { Seen } from '../doubles/faulty-server/request.ts'
import { faultyServer, type FaultyServer } from '../doubles/faulty-server/server.ts'
import { openDevice, type Device, type DeviceOptions } from './device.ts'
import { bytesOf, newM3, type M3 } from './m3.ts'
import { newProgramme } from './programme.ts'
import {
  contentOf,
  foreign,
  foreignFiles,
  m3ContentOf,
  monday,
  ownTexts,
  placeAt,
} from './scenery.ts'
import { watchRenames } from './renames.ts'
import { newScript } from './script.ts'
import { newTime, type SetClock } from './time.ts'
import { newTurns, type Turns } from './turns.ts'
import { newWitness, type Witness } from './witness.ts'
import type { M3Deed, World } from './world.ts'

const requestMs = 40

export type Town = {
  readonly world: World
  readonly server: FaultyServer
  readonly devices: readonly Device[]
  readonly witness: Witness
  readonly programme: ReturnType<typeof newProgramme>
  readonly acts: readonly StampedAct[]
  /** By act: the ids of those that its device knew of when it was done. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>
  /** By act: how much of the story had been told when it was done. */
  readonly saidAt: ReadonlyMap<string, number>
  /** The ids of acts that were given up before they were sent. */
  readonly discarded: ReadonlySet<string>
  /** Promises that were broken on the way. */
  readonly broken: readonly string[]
  /** What happened, in sentences. */
  readonly story: string[]
  /** The text behind each content key. */
  readonly texts: ReadonlyMap<string, string>
  readonly clock: SetClock
  /** A deed begins. */
  begin(): void
  m3(deed: M3Deed): void
  /** From here on requests of several devices come in that order. */
  takeTurns(order: readonly number[]): Turns
  /** From here on nothing fails. */
  calm(): void
}

/** What is written down while a world goes on. */
type Records = {
  readonly story: string[]
  readonly acts: StampedAct[]
  readonly known: Map<string, ReadonlySet<string>>
  readonly saidAt: Map<string, number>
  readonly discarded: Set<string>
  readonly broken: string[]
}

/** Builds the congregation of a world, on a Monday, with nothing done yet. */
export async function openTown(world: World): Promise<Town> {
  const records: Records = {
    story: [],
    acts: [],
    known: new Map(),
    saidAt: new Map(),
    discarded: new Set(),
    broken: [],
  }
  const time = newTime(Date.parse(`${monday}T08:00:00Z`))
  const programme = newProgramme(monday)
  const texts = new Map([...ownTexts, ...programme.texts])
  const script = newScript(world)
  let turns = newTurns([0])
  const tell = (said: string | undefined) => {
    if (said !== undefined) records.story.push(said)
    witness.look()
  }
  const replaceAsM3 = ({ path, to }: Seen, contents: readonly number[]) => {
    const paths = [path, ...(to === undefined ? [] : [to])]
    for (const content of contents) tell(m3.replace(paths, content))
  }
  const server: FaultyServer = faultyServer({
    traits: world.traits,
    now: time.now,
    pass: (ms) => {
      time.pass(ms)
    },
    faultAt: (index, seen) => {
      time.pass(requestMs)
      m3.goOn(index)
      const { deeds, replacements, fault } = script.before(index, seen)
      for (const deed of deeds) tell(m3.act(deed))
      replaceAsM3(seen, replacements)
      if (fault) records.story.push(`  ${seen.method} ${seen.path}: ${JSON.stringify(fault)}`)
      renames.before(seen)
      return fault
    },
    onRequest: (seen) => {
      renames.after(seen)
      witness.look()
      replaceAsM3(seen, script.after(seen))
    },
  })
  const witness = newWitness(server, new Set(texts.values()))
  const hears = listeners(records)
  const renames = watchRenames({
    server,
    texts,
    acts: records.acts,
    onBroken: hears.onBroken,
    onTakenAlong: (presence) => {
      witness.excusePresence(presence)
    },
  })
  const clock = time.clockOf('town')
  const { catalogue, namesOn } = programme
  const m3 = m3In({ world, server, witness, today: () => clock.today(), namesOn })
  seed(server, world)
  const shared = {
    ...hears,
    server,
    catalogue,
    texts,
    trueToday: () => clock.today(),
    markerChanges: () => witness.markerChanges(),
    turns: () => turns,
  }
  const devices = await openDevices(world, (id, user) =>
    openDevice({ ...shared, id, user, clock: time.clockOf(id) }),
  )
  return {
    world,
    server,
    devices,
    witness,
    programme,
    texts,
    clock,
    ...records,
    begin: () => {
      renames.begin()
    },
    m3: (deed) => {
      tell(m3.act(deed))
    },
    takeTurns(order) {
      turns = newTurns(order)
      return turns
    },
    calm() {
      script.end()
      m3.goOn(Infinity)
    },
  }
}

type M3Surroundings = {
  readonly world: World
  readonly server: FaultyServer
  readonly witness: Witness
  readonly today: Parameters<typeof newM3>[0]['today']
  readonly namesOn: Parameters<typeof newM3>[0]['namesOn']
}

function m3In({ world, witness, ...surroundings }: M3Surroundings): M3 {
  const { etags } = world.traits
  const hasStrongEtags = etags === 'strong' || etags === 'numeric'
  return newM3({
    ...surroundings,
    contentOf: hasStrongEtags ? contentOf : m3ContentOf,
    onGone: (path) => {
      witness.excuse(path)
    },
    onWritten: () => {
      witness.look()
    },
  })
}

function listeners({ story, acts, known, saidAt, discarded, broken }: Records) {
  return {
    onBroken: (text: string) => void broken.push(text),
    onAct(stamped: StampedAct, others: ReadonlySet<string>): void {
      acts.push(stamped)
      known.set(stamped.id, others)
      saidAt.set(stamped.id, story.length)
      story.push(`${stamped.device}: ${JSON.stringify(stamped.act)}`)
    },
    onDiscarded(stamped: StampedAct): void {
      discarded.add(stamped.id)
      story.push(`${stamped.device} gives up ${JSON.stringify(stamped.act)}`)
    },
  }
}

async function openDevices(
  { devices: count, hasReader }: World,
  open: (id: string, user: DeviceOptions['user']) => Promise<Device>,
): Promise<Device[]> {
  const isReader = (index: number) => hasReader && index > 0 && index === count - 1
  const devices = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      open(`device-${index}`, isReader(index) ? 'hall' : 'vo'),
    ),
  )
  for (const { folder } of devices)
    for (const [path, text] of Object.entries(foreign.disk)) folder.put(path, text)
  return devices
}

function seed({ tree }: FaultyServer, { crowd, hasNeighbour }: World): void {
  tree.makeFolder(mediaTop)
  if (hasNeighbour) tree.makeFolder('private')
  for (const [path, text] of foreignFiles(hasNeighbour)) tree.write(path, bytesOf(text))
  const crowded = `Media/${placeAt(0)}`
  if (crowd > 0) tree.makeFolder(crowded)
  for (let index = 0; index < crowd; index += 1) tree.makeFolder(`${crowded}/album ${index}`)
}
