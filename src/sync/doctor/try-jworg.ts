import type { Week } from '../../domain/day.ts'
import { Failed, type Failure } from '../../domain/failure.ts'
import { filmIn } from '../../domain/films.ts'
import { workbookOf } from '../../domain/publication-names.ts'
import type { WayKind } from '../../domain/way.ts'
import { attempt } from '../attempt.ts'
import type { MediaQuestion, MediaService, PublishedFile } from '../ports.ts'

/** JW.org, asked as if nothing were known of the ways to it; what is found is kept. */
export type JworgTrial = {
  readonly service: MediaService
  /** Asks for one byte of a file. */
  peek(url: string, options: { readonly signal?: AbortSignal | undefined }): Promise<void>
}

/** What came of one kind; without a failure it can be had. */
export type TriedKind = { readonly kind: WayKind; readonly failure?: Failure | undefined }

type Wish = {
  readonly language: string
  readonly week: Week
  readonly signal?: AbortSignal | undefined
}

// The language in which everything appears, and songs that every songbook has; the sample's has few.
const surely = 'E'
const tracks = [1, 12]

/**
 * Asks for the week's workbook and a song, and for a byte of each. Without the lists nobody knows where the files are:
 * then the others stay untried.
 */
export async function tryJworg(trial: JworgTrial, wish: Wish): Promise<readonly TriedKind[]> {
  const { language, week } = wish
  const languages = [...new Set([language, surely])]
  const workbooks = languages.map((code) => ({
    ...{ kind: 'publication', language: code, ...workbookOf(week) },
  })) satisfies MediaQuestion[]
  const songs = languages.flatMap((code) =>
    tracks.map((track) => ({
      ...{ kind: 'film', language: code, ...filmIn({ symbol: 'sjjm', track }, code) },
    })),
  ) satisfies MediaQuestion[]
  const answers = await attempt(async () => ({
    workbook: await filesOfFirst(workbooks, trial, wish),
    song: await filesOfFirst(songs, trial, wish),
  }))
  if (answers.failure) return [{ kind: 'answers', failure: answers.failure }]
  const { workbook, song } = answers.value
  return [
    { kind: 'answers' },
    await tried('publications', () => peekAt(workbook[0], trial, wish)),
    await tried('films', () => peekAt(smallest(song), trial, wish)),
  ]
}

async function filesOfFirst(
  questions: readonly MediaQuestion[],
  { service }: JworgTrial,
  { signal }: Wish,
): Promise<readonly PublishedFile[]> {
  for (const question of questions) {
    const files = await service.ask(question, { signal })
    if (files.length > 0) return files
  }
  return []
}

function smallest(files: readonly PublishedFile[]): PublishedFile | undefined {
  return files.toSorted((a, b) => a.lines - b.lines)[0]
}

async function peekAt(
  file: PublishedFile | undefined,
  trial: JworgTrial,
  { signal }: Wish,
): Promise<void> {
  if (!file) throw new Failed({ kind: 'not-found', path: '' })
  await trial.peek(file.url, { signal })
}

async function tried(kind: WayKind, task: () => Promise<void>): Promise<TriedKind> {
  const { failure } = await attempt(task)
  return { kind, failure }
}
