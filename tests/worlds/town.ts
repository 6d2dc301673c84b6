// The congregation of a world: its sync folder, its devices, its M³, and the time they share.
import type { StampedAct } from '../../src/domain/act.ts'
import { addDays, type Day, type Place } from '../../src/domain/day.ts'
import { contentKey } from '../../src/sync/content-key.ts'
import type { Clock } from '../../src/sync/ports.ts'
import { memoryCatalogue } from '../doubles/congregation.ts'
import { faultyServer, type FaultyServer } from '../doubles/faulty-server/server.ts'
import { openDevice, type Device } from './device.ts'
import { bytesOf, doAsM3, makeFolders } from './m3.ts'
import { newWitness, type Witness } from './witness.ts'
import type { M3Deed, World } from './world.ts'

const monday: Day = '2026-11-16'
const requestMs = 40
const slowRequests = 4

export const names = ['photo.jpg', 'Photo.jpg', 'talk.mp4', 'é.jpg', 'e\u0301.jpg', 'map (2).png']
/** Days of this week and the next, and every meeting. */
export const places: readonly Place[] = [
  addDays(monday, 2),
  addDays(monday, 5),
  addDays(monday, 9),
  'recurring',
]

/** Some contents have the same size, so that only the bytes tell them apart. */
export const contentOf = (index: number) => `content ${index}${'.'.repeat(index % 3)}`

// Where a server tells no strong ETag, nobody can notice that M³ wrote over an upload of ours within the same second and
// in the same size: there its contents have sizes of their own.
const halfOf = (text: string) => `half of ${text}`
const m3ContentOf = (index: number) => `M³ content ${index}${'.'.repeat(index % 3)}`

const published = [monday, addDays(monday, 7)].flatMap((week) =>
  [2, 5].map((weekday) => {
    const day = addDays(week, weekday)
    return { id: `song-${day}`, day, name: `0${weekday}-01 - Song 44.mp4` }
  }),
)

/** What belongs to others and nobody may touch, on the server and on every disk. */
export const foreign = {
  server: {
    'private/letter.txt': 'dear sister',
    'Media/readme.txt': 'not ours',
    'notes.txt': 'mine',
  },
  disk: { [`${addDays(monday, 2)}/notes.txt`]: 'turn the lights down' },
}

export type Town = {
  readonly world: World
  readonly server: FaultyServer
  readonly devices: readonly Device[]
  readonly witness: Witness
  readonly acts: readonly StampedAct[]
  /** Promises that were broken on the way. */
  readonly broken: readonly string[]
  /** What happened, in sentences. */
  readonly story: string[]
  /** The text behind each content key. */
  readonly texts: ReadonlyMap<string, string>
  readonly clock: Clock
  m3(deed: M3Deed): void
  /** From here on nothing fails. */
  calm(): void
}

/** Builds the congregation of a world, on a Monday, with nothing done yet. */
export async function openTown(world: World): Promise<Town> {
  const story: string[] = []
  const acts: StampedAct[] = []
  const broken: string[] = []
  let now = Date.parse(`${monday}T08:00:00Z`)
  let isCalm = false
  const hasStrongEtags = world.traits.etags === 'strong' || world.traits.etags === 'numeric'
  const clockOf = (id: string): Clock => {
    let count = 0
    return {
      now: () => now,
      today: () => new Date(now).toISOString().slice(0, 10) as Day,
      newId: () => `${id}-${(count += 1)}`,
      wait: async (ms, { signal } = {}) => {
        await Promise.resolve()
        signal?.throwIfAborted()
        now += ms
      },
    }
  }
  const server = faultyServer({
    traits: world.traits,
    now: () => now,
    faultAt: (index, { method, path }) => {
      now += requestMs
      finishUploads(index)
      if (isCalm) return undefined
      for (const { at, deed } of world.interruptions) if (at === index) m3(deed)
      const fault = world.faults.find(({ at }) => at === index)?.fault
      if (fault) story.push(`  ${method} ${path}: ${JSON.stringify(fault)}`)
      return fault
    },
    onRequest: () => {
      witness.look()
    },
  })
  const texts = await textsByKey()
  const witness = newWitness(server, new Set([...texts.values()]))
  const clock = clockOf('town')
  const uploads: { readonly path: string; readonly text: string; readonly until: number }[] = []
  const onSlow = (path: string, text: string) => {
    server.tree.write(path, bytesOf(halfOf(text)))
    uploads.push({ path, text, until: server.requests() + slowRequests })
  }
  const finishUploads = (index: number) => {
    for (const upload of uploads.splice(0)) {
      if (upload.until > index) uploads.push(upload)
      else finishUpload(upload)
    }
  }
  const finishUpload = ({ path, text }: { path: string; text: string }) => {
    makeFolders(server, path.slice(0, path.lastIndexOf('/')))
    witness.excuse(path)
    server.tree.write(path, bytesOf(text))
    witness.look()
  }
  const m3 = (deed: M3Deed) => {
    const said = doAsM3(
      {
        server,
        places,
        names,
        today: () => clock.today(),
        namesOn,
        contentOf: hasStrongEtags ? contentOf : m3ContentOf,
        onGone: (path) => {
          witness.excuse(path)
        },
        onSlow,
      },
      deed,
    )
    if (said !== undefined) story.push(said)
    witness.look()
  }
  seed(server)
  const devices = await Promise.all(
    Array.from({ length: world.devices }, (_, index) =>
      openDevice({
        id: `device-${index}`,
        server,
        clock: clockOf(`device-${index}`),
        catalogue: memoryCatalogue(published),
        user: world.hasReader && index > 0 && index === world.devices - 1 ? 'hall' : 'vo',
        texts,
        onBroken: (text) => void broken.push(text),
        onAct: (stamped) => {
          acts.push(stamped)
          story.push(`${stamped.device}: ${JSON.stringify(stamped.act)}`)
        },
      }),
    ),
  )
  for (const { folder } of devices)
    for (const [path, text] of Object.entries(foreign.disk)) folder.put(path, text)
  return {
    world,
    server,
    devices,
    witness,
    acts,
    broken,
    story,
    texts,
    clock,
    m3,
    calm() {
      isCalm = true
      finishUploads(Infinity)
    },
  }
}

function namesOn(day: Day): string[] {
  return published.filter((item) => item.day === day).map(({ name }) => name)
}

async function textsByKey(): Promise<Map<string, string>> {
  const texts = [
    ...Array.from({ length: 10 }, (_, index) => [contentOf(index), m3ContentOf(index)])
      .flat()
      .flatMap((text) => [text, halfOf(text)]),
    ...published.map(({ name }) => name),
  ]
  return new Map(
    await Promise.all(
      texts.map(async (text) => [await contentKey(new Blob([text])), text] as const),
    ),
  )
}

function seed({ tree }: FaultyServer): void {
  for (const folder of ['private', 'Media']) tree.makeFolder(folder)
  for (const [path, text] of Object.entries(foreign.server)) tree.write(path, bytesOf(text))
}
