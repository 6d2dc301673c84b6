import { weekOf, type Week } from '../../domain/day.ts'
import type {
  CatalogueFile,
  CatalogueMeeting,
  CatalogueWeek,
  MissingItem,
} from '../../domain/media.ts'
import { meetingsOf, type Meeting } from '../../domain/meeting.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Catalogue, PublicationReader } from '../ports.ts'
import { libraryOf } from './library.ts'
import { madeFromText } from './made-from.ts'
import { meetingProgramme } from './meeting-programme.ts'
import { catalogueItems, joined, type MeetingItems } from './programme-items.ts'
import type { Answered } from './questions.ts'
import { readingOf } from './reading.ts'
import type { WeekScene } from './week-scene.ts'

type Making = {
  readonly week: Week
  readonly settings: Settings
  readonly known: CatalogueWeek | undefined
  readonly text: string
}

/** What came of one meeting. */
type Made = MeetingItems & {
  readonly meeting: CatalogueMeeting
  /** It is as it was: it could not be read again. */
  readonly isKept: boolean
}

type MakingTools = Omit<WeekScene, 'library' | 'media' | 'languages' | 'readFile'> & {
  readonly reader: PublicationReader
  readonly readFile: Catalogue['read']
}

/** Makes a week's programme out of the publications, and finds the bytes of all that it shows. */
export async function makeWeek(
  making: Making,
  { reader, ...tools }: MakingTools,
): Promise<CatalogueWeek> {
  const { media } = making.settings
  const languages = [media.language, media.fallback].filter((code) => code !== undefined)
  const library = libraryOf({ ...tools, reader }, tools)
  try {
    return await make(making, { ...tools, library, readFile: readingOf(tools), media, languages })
  } finally {
    await library.close()
  }
}

async function make(making: Making, scene: WeekScene): Promise<CatalogueWeek> {
  const { week, settings, known, text } = making
  const made: Made[] = []
  // One after the other: what the first brought to the shelf the second need not fetch.
  for (const meeting of meetingsOf(week, settings.meetings))
    made.push(await makeMeeting(meeting, making, scene))
  const { items, missing, isWhole } = joined(made)
  const isKept = made.some((one) => one.isKept)
  const files = await scene.library.files()
  const unanswered = await scene.questions.unanswered()
  const answered = await scene.questions.answered()
  const isForAll = isWhole && made.every(isOut) && !(await isByHand(answered, scene))
  return {
    week,
    items: withOwnIds(items),
    publications: isKept ? filesOnce([...files, ...(known?.publications ?? [])]) : files,
    meetings: made.map(({ meeting }) => meeting),
    missing: missingOnce(missing),
    under: text,
    ...(unanswered.length > 0 && { unanswered }),
    ...(isWhole && { madeFrom: madeFromText(text, answered) }),
    ...(isForAll && made.length > 0 && { isForAll }),
  }
}

async function makeMeeting(
  { kind, day }: Meeting,
  { week, settings, known, text }: Making,
  scene: WeekScene,
): Promise<Made> {
  const { visit } = settings.meetings
  const isVisit = visit !== undefined && weekOf(visit) === week
  const { state, programme, lacking } = await meetingProgramme(kind, { week, isVisit }, scene)
  const found = await catalogueItems(programme, day, scene)
  const before = itemsBefore(known, { kind, day })
  // What was out once stays, though JW.org took it back, or somebody answers in its name.
  const isWithdrawn = state === 'not-published' && known?.under === text && before.length > 0
  // Of a publication that cannot be had now, nothing is taken away that was shown before.
  const isShort = lacking.length > 0 && known?.under === text && before.length > found.items.length
  const isKept = isWithdrawn || isShort || state === 'not-here'
  return {
    meeting: { kind, day, state: isWithdrawn ? 'found' : state },
    items: isKept ? before : found.items,
    isKept,
    missing: [...found.missing, ...lacking.map((file) => ({ day, ...file }))],
    isWhole: found.isWhole && lacking.length === 0,
  }
}

// What could not be read again stays as it was. Both meetings may be on one day: their names begin with other numbers.
function itemsBefore(
  known: CatalogueWeek | undefined,
  { kind, day }: Pick<Meeting, 'kind' | 'day'>,
) {
  const isMidweek = ({ name }: { readonly name: string }) => /^\d\d-\d\d-\d\d /.test(name)
  return (
    known?.items.filter((item) => item.day === day && isMidweek(item) === (kind === 'midweek')) ??
    []
  )
}

// What is not published today may be tomorrow, and the others may hear it sooner than this device.
function isOut({ meeting: { state }, isKept }: Made): boolean {
  return !isKept && (state === 'found' || state === 'none-this-week')
}

// What a person saved does not say all that JW.org tells: films come without their titles.
async function isByHand(answered: Answered, { shelf }: WeekScene): Promise<boolean> {
  const answers = await Promise.all(answered.map(([question]) => shelf.answer(question)))
  return answers.some((answer) => answer?.isByHand)
}

// Several parts of a meeting may be from the same book.
function missingOnce(missing: readonly MissingItem[]): MissingItem[] {
  return [...new Map(missing.map((item) => [JSON.stringify([item.day, item.name]), item])).values()]
}

// Where both meetings are on one day, each shows its own song.
function withOwnIds(items: CatalogueWeek['items']): CatalogueWeek['items'] {
  const used = new Set<string>()
  return items.map((item) => {
    const place = JSON.stringify([item.day, item.id])
    const isFree = !used.has(place)
    used.add(place)
    return isFree ? item : { ...item, id: `${item.id}#weekend` }
  })
}

function filesOnce(files: readonly CatalogueFile[]): CatalogueFile[] {
  return [...new Map(files.map((file) => [file.md5, file])).values()]
}
