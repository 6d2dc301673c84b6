import { barsTheWay, Failed, failureOf, mayPass, type Failure } from '../../domain/failure.ts'
import { attempt } from '../attempt.ts'
import { waitAfter } from '../patience.ts'
import type {
  Clock,
  KeptAnswer,
  MediaQuestion,
  MediaService,
  PublishedFile,
  Shelf,
} from '../ports.ts'
import { takingTurns } from './turns.ts'

/** So long an answer holds unasked. */
export const freshMs = 12 * 3_600_000
const atOnce = 4

/** What a run of questions needs; `onTrouble` hears why JW.org could not be asked. */
export type Run = {
  readonly shelf: Shelf
  readonly signal?: AbortSignal | undefined
  readonly onTrouble?: ((failure: Failure) => void) | undefined
}

/** What a question is answered with, as the text that is kept of it. */
export type AskFor<Question> = (question: Question, run: Run) => Promise<string>

/** What the media service answers. */
export type AskForText = AskFor<MediaQuestion>

type AskingPorts<Question> = {
  readonly ask: (
    question: Question,
    options: { readonly signal?: AbortSignal | undefined },
  ) => Promise<unknown>
  /** The name of a question: the same for the same question. */
  readonly textOf: (question: Question) => string
  readonly clock: Clock
}

/** What a run knows of its line to the service. */
type Line = { isProven: boolean; bar?: unknown }

/**
 * Asks the service at most four questions at once. What it answered in the last 12 hours holds; what is older, or was
 * learned by hand, holds where the service cannot be asked. What may pass is asked again as `patient` does; what
 * outlasts that, or meets the very first question, ends the asking for all who share a shelf.
 */
export function keptAsking<Question>({
  ask,
  textOf,
  clock,
}: AskingPorts<Question>): AskFor<Question> {
  const inTurn = takingTurns(atOnce)
  const lines = new WeakMap<Shelf, Line>()

  // Whoever waits for another try keeps its turn: a service in trouble is not asked all questions at once.
  async function askService(question: Question, run: Run): Promise<string> {
    const line = lines.get(run.shelf) ?? { isProven: false }
    lines.set(run.shelf, line)
    for (let tries = 1; ; tries += 1) {
      try {
        return await askOnce(line, question, run)
      } catch (error) {
        const failure = failureOf(error)
        if (!failure || line.bar !== undefined) throw error
        const waitMs = mayPass(failure) ? waitAfter(failure, tries) : undefined
        if (waitMs === undefined) throw giveUp(line, failure, error)
        await clock.wait(waitMs, { signal: run.signal })
      }
    }
  }

  async function askOnce(line: Line, question: Question, { signal }: Run): Promise<string> {
    if (line.bar !== undefined) throw line.bar as Error
    try {
      const answer = await ask(question, { signal })
      line.isProven = true
      return JSON.stringify(answer)
    } catch (error) {
      // A browser that is refused (CORS) is refused each time.
      if (!line.isProven && failureOf(error)?.kind === 'unreachable') line.bar = error
      throw error
    }
  }

  return async (question, run) => {
    const { shelf, onTrouble } = run
    const name = textOf(question)
    const kept = await shelf.answer(name)
    if (kept && !kept.isByHand && isFresh(kept.at, clock.now())) return kept.text
    const asked = await attempt(() => inTurn(() => askService(question, run)))
    if (asked.failure) {
      onTrouble?.(asked.failure)
      if (!kept) throw new Failed(asked.failure)
      await renew(name, kept, run)
      return kept.text
    }
    const { failure } = await attempt(() => shelf.putAnswer(name, asked.value))
    if (failure) onTrouble?.(failure)
    return asked.value
  }

  // Nobody else can tell it again: as long as it is needed it must not get too old to be kept.
  async function renew(
    name: string,
    { text, at, isByHand }: KeptAnswer,
    { shelf, onTrouble }: Run,
  ): Promise<void> {
    if (!isByHand || isFresh(at, clock.now())) return
    const { failure } = await attempt(() => shelf.putAnswer(name, text, { isByHand }))
    if (failure) onTrouble?.(failure)
  }
}

/** Asks the media service, as `keptAsking`. */
export function askingOf({
  service,
  clock,
}: {
  readonly service: MediaService
  readonly clock: Clock
}): AskForText {
  return keptAsking({ ask: (...asked) => service.ask(...asked), textOf: questionText, clock })
}

function giveUp(line: Line, failure: Failure, error: unknown): unknown {
  if (mayPass(failure) || barsTheWay(failure)) line.bar = error
  return error
}

/** A question as a text that is the same for the same question; `JSON.parse` gives it back. */
export function questionText(question: MediaQuestion): string {
  const { kind, language, symbol, issue, track, document } = question
  return JSON.stringify({ kind, language, symbol, issue, track, document })
}

/** The files in an answer that was kept. */
export function filesIn(answer: string): readonly PublishedFile[] {
  return JSON.parse(answer) as readonly PublishedFile[]
}

/** Whether what was answered then still holds without asking again, both milliseconds since 1970. */
export function isFresh(at: number, now: number): boolean {
  return at <= now && now - at < freshMs
}
