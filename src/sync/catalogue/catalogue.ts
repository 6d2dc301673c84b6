import { programmeSettings } from '../../domain/published-week.ts'
import type { Week } from '../../domain/day.ts'
import type { Settings } from '../../domain/settings.ts'
import { bring } from '../bring.ts'
import type { Catalogue, Clock, MediaService, PublicationReader } from '../ports.ts'
import { askingOf } from './asking.ts'
import { isAsMade } from './made-from.ts'
import { questionsOf } from './questions.ts'

type CataloguePorts = {
  readonly service: MediaService
  readonly reader: PublicationReader
  readonly readFile: Catalogue['read']
  readonly clock: Clock
}

// Weeks that were made under other rules are made again.
const rules = 2

/** What JW.org publishes, read from its publications. Without a language nothing is asked, and no meeting is told of. */
export function jworgCatalogue(ports: CataloguePorts): Catalogue {
  const { reader, readFile, service, clock } = ports
  const askForText = askingOf(ports)

  return {
    read: readFile,
    async week(week, settings, { known, ...run }) {
      if (settings.media.language === undefined) return { week, items: [] }
      const questions = questionsOf(askForText, run)
      const text = settingsText(week, settings)
      if (known && (await isAsMade(known, text, { questions, shelf: run.shelf }))) return known
      // What reads publications is most of all this: it comes when a week is to be made.
      const { makeWeek } = await bring(() => import('./make-week.ts'))
      const tools = { ...run, questions, reader, readFile, clock, page: service.page }
      return makeWeek({ week, settings, known, text }, tools)
    },
  }
}

function settingsText(week: Week, settings: Settings): string {
  return JSON.stringify([rules, programmeSettings(week, settings)])
}
