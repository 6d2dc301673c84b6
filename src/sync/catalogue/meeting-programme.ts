import { documentOfWeek, studyArticleOf } from '../../domain/dated-text.ts'
import type { Week } from '../../domain/day.ts'
import type { ProgrammeState } from '../../domain/media.ts'
import type { MeetingKind } from '../../domain/meeting.ts'
import type { OpenedDocument } from '../../domain/programme-items.ts'
import type { Programme } from '../../domain/programme.ts'
import { studyEditionsOf, workbookOf } from '../../domain/publication-names.ts'
import { weekendProgramme } from '../../domain/study-article.ts'
import { wantedExtracts, type WantedExtract } from '../../domain/workbook-extracts.ts'
import { midweekProgramme } from '../../domain/workbook.ts'
import { attempt } from '../attempt.ts'
import { findDocument, type Found, type LackingFile, type NotFound } from './find-document.ts'
import type { Library } from './library.ts'
import type { WeekScene } from './week-scene.ts'

/** What a meeting shows, as far as it is known; `lacking` are the publications that could not be had or read. */
type MeetingProgramme = {
  readonly state: ProgrammeState
  readonly programme: Programme
  readonly lacking: readonly LackingFile[]
}

type WeekFacts = { readonly week: Week; readonly isVisit: boolean }

/** Reads what JW.org's publications say that a meeting of a week shows. */
export function meetingProgramme(
  kind: MeetingKind,
  facts: WeekFacts,
  scene: WeekScene,
): Promise<MeetingProgramme> {
  return kind === 'midweek' ? midweek(facts, scene) : weekend(facts, scene)
}

const nothing: Programme = { parts: [] }

// A workbook or study edition leaves out the week of the Memorial. One that is for no week at all was not understood.
function dated(library: Library): Library {
  return {
    ...library,
    async open(edition) {
      const opening = await library.open(edition)
      if (!opening.edition || opening.edition.publication.dated.length > 0) return opening
      const { file } = opening.edition
      return { file, failure: { kind: 'bad-publication', name: file.name } }
    },
  }
}

async function midweek({ week, isVisit }: WeekFacts, scene: WeekScene): Promise<MeetingProgramme> {
  const { library, languages } = scene
  const found = await findDocument(dated(library), {
    names: [workbookOf(week)],
    languages,
    idIn: (publication) => documentOfWeek(publication.dated, week),
  })
  if (!found.edition) return nothingFound(found)
  const settings = { media: scene.media }
  const wanted = wantedExtracts(found.document, { settings, isVisit })
  const looked = await Promise.all(wanted.map((extract) => lookUp(extract, scene)))
  const extracts = new Map(looked.flatMap(({ id, opened }) => (opened ? [[id, opened]] : [])))
  return {
    state: 'found',
    programme: midweekProgramme({ ...openedOf(found), extracts, settings, isVisit }),
    lacking: looked.flatMap(({ lacking }) => lacking),
  }
}

type LookedUp = {
  readonly id: number
  readonly opened?: OpenedDocument
  readonly lacking: readonly LackingFile[]
}

async function lookUp(
  { id, publication, languages, mepsDocument }: WantedExtract,
  { library }: WeekScene,
): Promise<LookedUp> {
  const found = await findDocument(library, {
    names: [publication],
    languages,
    idIn: ({ documents }) => documents.find(({ mepsId }) => mepsId === mepsDocument)?.id,
  })
  if (found.edition) return { id, opened: openedOf(found), lacking: [] }
  return { id, lacking: found.lacking ? [found.lacking] : [] }
}

async function weekend({ week, isVisit }: WeekFacts, scene: WeekScene): Promise<MeetingProgramme> {
  const { library, languages, media } = scene
  const found = await findDocument(dated(library), {
    names: studyEditionsOf(week),
    languages,
    idIn: (publication) => studyArticleOf(publication, week)?.document,
  })
  if (!found.edition) return nothingFound(found)
  const { publication } = found.edition
  const { index = 0, contents: page = 0 } = studyArticleOf(publication, week) ?? {}
  const { value: contents } = await attempt(() => publication.document(page))
  const source = { ...openedOf(found), index, contents, settings: { media }, isVisit }
  return { state: 'found', programme: weekendProgramme(source), lacking: [] }
}

function nothingFound(found: NotFound): MeetingProgramme {
  const { state, lacking } = found
  return { state, programme: nothing, lacking: lacking ? [lacking] : [] }
}

function openedOf({ document, edition }: Found): OpenedDocument {
  return { document, publication: edition.name, language: edition.language }
}
