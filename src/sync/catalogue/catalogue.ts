import { weekOf, type Week } from '../../domain/day.ts'
import type { CatalogueFile, CatalogueMeeting, CatalogueWeek } from '../../domain/media.ts'
import { meetingsOf, type Meeting } from '../../domain/meeting.ts'
import { programmeSettings } from '../../domain/published-week.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Catalogue, Clock, MediaService, PublicationReader } from '../ports.ts'
import { askingOf } from './asking.ts'
import { libraryOf } from './library.ts'
import { isAsMade, madeFromText } from './made-from.ts'
import { meetingProgramme } from './meeting-programme.ts'
import { catalogueItems, joined, type MeetingItems } from './programme-items.ts'
import { questionsOf } from './questions.ts'
import type { WeekScene } from './week-scene.ts'

type CataloguePorts = {
  readonly service: MediaService
  readonly reader: PublicationReader
  readonly readFile: Catalogue['read']
  readonly clock: Clock
}

// Weeks that were made under other rules are made again.
const rules = 1

/** What JW.org publishes, read from its publications. Without a language nothing is asked, and no meeting is told of. */
export function jworgCatalogue(ports: CataloguePorts): Catalogue {
  const { reader, readFile } = ports
  const askForText = askingOf(ports)

  return {
    read: readFile,
    async week(week, settings, { known, ...run }) {
      const { media } = settings
      const languages = [media.language, media.fallback].filter((code) => code !== undefined)
      if (media.language === undefined) return { week, items: [] }
      const questions = questionsOf(askForText, run)
      const library = libraryOf({ questions, reader }, run)
      const scene = { ...run, questions, library, readFile, media, languages }
      try {
        const text = settingsText(week, settings)
        if (known && (await isAsMade(known, text, scene))) return known
        return await makeWeek({ week, settings, known, text }, scene)
      } finally {
        await library.close()
      }
    },
  }
}

function settingsText(week: Week, settings: Settings): string {
  return JSON.stringify([rules, programmeSettings(week, settings)])
}

type Making = {
  readonly week: Week
  readonly settings: Settings
  readonly known: CatalogueWeek | undefined
  readonly text: string
}

/** What came of one meeting. */
type Made = MeetingItems & { readonly meeting: CatalogueMeeting }

async function makeWeek(making: Making, scene: WeekScene): Promise<CatalogueWeek> {
  const { week, settings, known, text } = making
  const made: Made[] = []
  // One after the other: what the first brought to the shelf the second need not fetch.
  for (const meeting of meetingsOf(week, settings.meetings))
    made.push(await makeMeeting(meeting, making, scene))
  const { items, missing, isWhole } = joined(made)
  const isKept = made.some(({ meeting }) => meeting.state === 'not-here')
  const files = await scene.library.files()
  const unanswered = await scene.questions.unanswered()
  return {
    week,
    items: withOwnIds(items),
    publications: isKept ? filesOnce([...files, ...(known?.publications ?? [])]) : files,
    meetings: made.map(({ meeting }) => meeting),
    missing,
    ...(unanswered.length > 0 && { unanswered }),
    ...(isWhole && { madeFrom: madeFromText(text, await scene.questions.answered()) }),
  }
}

async function makeMeeting(
  { kind, day }: Meeting,
  { week, settings, known }: Making,
  scene: WeekScene,
): Promise<Made> {
  const { visit } = settings.meetings
  const isVisit = visit !== undefined && weekOf(visit) === week
  const { state, programme, lacking } = await meetingProgramme(kind, { week, isVisit }, scene)
  const found = await catalogueItems(programme, day, scene)
  const items = state === 'not-here' ? itemsBefore(known, day) : found.items
  return {
    meeting: { kind, day, state },
    items,
    missing: [...found.missing, ...lacking.map((file) => ({ day, ...file }))],
    isWhole: found.isWhole && lacking.length === 0,
  }
}

// What could not be read again stays as it was.
function itemsBefore(known: CatalogueWeek | undefined, day: Meeting['day']) {
  return known?.items.filter((item) => item.day === day) ?? []
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
