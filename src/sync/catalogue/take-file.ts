// One file that a person saved from JW.org: what it is to the weeks, and where it is kept.
import { Failed, type Failure } from '../../domain/failure.ts'
import type { Clock, KeptAnswer, PublicationReader, PublishedFile, Shelf } from '../ports.ts'
import type { Asked, Needed } from './asked.ts'
import { isFresh } from './asking.ts'
import { recognise, type Recognised } from './recognise.ts'
import type { SavedFile } from './saved-file.ts'

/** What came of a file that a person saved from JW.org. */
export type Taken =
  | {
      readonly is: 'publication'
      readonly symbol: string
      /** YYYYMM00; 0 for publications without issues. */
      readonly issue: number
      readonly language: string
    }
  /** Shown by a meeting, there under that name. */
  | { readonly is: 'media'; readonly item: string }
  /** The same film as an item with a picture of another size; `lines` is how high the one that is shown is. */
  | { readonly is: 'other-size'; readonly item: string; readonly lines: number }
  /** JW.org has another edition of it now. */
  | { readonly is: 'older' }
  /** Nothing of the programme needs it. */
  | { readonly is: 'unknown' }
  /** The device could not read it. */
  | { readonly is: 'unreadable' }
  | { readonly is: 'failed'; readonly failure: Failure }

/** `answers` is the question that nobody could be asked and that the file answers. */
export type Result = { readonly taken: Taken; readonly answers?: string }

type TakeScene = {
  readonly shelf: Shelf
  readonly reader: PublicationReader
  readonly clock: Clock
  readonly needed: Needed
  readonly signal?: AbortSignal | undefined
}

/** Takes a file where the weeks need it. */
export async function takeFile(saved: SavedFile, scene: TakeScene): Promise<Result> {
  const told = toldOf(saved, scene.needed)
  if (told) {
    if (isKept(told)) await scene.shelf.keep(saved.file, { md5: saved.md5 })
    return { taken: told }
  }
  const { asked } = scene.needed
  const recognised = await recognise(saved, { ...scene, asked })
  return recognised ? takeAsAnswer(saved, recognised, scene) : { taken: { is: 'unknown' } }
}

/** True where a file was kept for what it is. */
function isKept({ is }: Taken): boolean {
  return is === 'publication' || is === 'media'
}

/** What the service itself told of these very bytes. */
function toldOf({ file, md5 }: SavedFile, needed: Needed): Taken | undefined {
  const isThis = (one: { readonly size: number; readonly md5: string }) =>
    one.md5 === md5 && one.size === file.size
  const item = needed.items.find((one) => one.url !== '' && isThis(one))
  if (item) return { is: 'media', item: item.name }
  const asked = needed.asked.find(({ files, answer }) => !answer?.isByHand && files.some(isThis))
  if (asked)
    return asked.question.kind === 'publication' ? publicationOf(asked) : otherFilm(asked, needed)
  return areSubtitles(md5, needed) ? { is: 'media', item: file.name } : undefined
}

function publicationOf({ question }: Asked): Taken {
  const { symbol = '', issue = 0, language } = question
  return { is: 'publication', symbol, issue, language }
}

// The meetings show one of all the sizes that a film comes in; everyone is to have the same.
function otherFilm({ files }: Asked, { items }: Needed): Taken {
  for (const { md5, lines } of files) {
    const item = items.find((one) => one.md5 === md5)
    if (item) return { is: 'other-size', item: item.name, lines }
  }
  return { is: 'unknown' }
}

function areSubtitles(md5: string, { asked, hasSubtitles }: Needed): boolean {
  return (
    hasSubtitles && asked.some(({ files }) => files.some(({ subtitles }) => subtitles?.md5 === md5))
  )
}

async function takeAsAnswer(
  { file, md5 }: SavedFile,
  { asked, published }: Recognised,
  scene: TakeScene,
): Promise<Result> {
  if (asked.answer && !(await mayGiveWay(asked.answer, asked.files, scene)))
    return { taken: { is: asked.files.length > 0 ? 'older' : 'unknown' } }
  await scene.shelf.keep(file, { md5 })
  await scene.shelf.putAnswer(asked.text, answerText(asked, published), { isByHand: true })
  const taken: Taken =
    asked.question.kind === 'film' ? { is: 'media', item: file.name } : publicationOf(asked)
  return { taken, answers: asked.text }
}

// Of two doubtful editions the one that is here stays: it is the one that was surely told of.
async function mayGiveWay(
  { at, isByHand }: KeptAnswer,
  files: readonly PublishedFile[],
  { shelf, clock }: TakeScene,
): Promise<boolean> {
  if (isByHand) return true
  if (isFresh(at, clock.now())) return false
  const held = await Promise.all(files.map(({ md5 }) => shelf.holds(md5)))
  return !held.includes(true)
}

// A film may be brought in several sizes, of which the settings choose one.
function answerText({ answer, files }: Asked, published: PublishedFile): string {
  const others = answer?.isByHand ? files.filter(({ lines }) => lines !== published.lines) : []
  return JSON.stringify([...others, published])
}

const unreadableNames = new Set(['NotReadableError', 'NotFoundError'])

/** What came of a file, expected trouble included; cancellations and bugs pass through. */
export async function takenOf(task: () => Promise<Result>): Promise<Result> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof Failed) return { taken: { is: 'failed', failure: error.failure } }
    // A folder that was dropped, or a file on a drive that is gone.
    if (error instanceof DOMException && unreadableNames.has(error.name))
      return { taken: { is: 'unreadable' } }
    throw error
  }
}
