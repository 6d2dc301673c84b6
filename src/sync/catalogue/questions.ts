import { attempt } from '../attempt.ts'
import type { MediaQuestion, PublishedFile } from '../ports.ts'
import { filesIn, questionText, type AskForText, type Run } from './asking.ts'

/** The questions that a week depends on, each with a digest of its answer. */
export type Answered = readonly (readonly [question: string, digest: string])[]

/** Asks for one week and remembers what was answered. */
export type Questions = {
  ask(question: MediaQuestion): Promise<readonly PublishedFile[]>
  /** All that were answered, in an order that does not change. */
  answered(): Promise<Answered>
  /** Those that nobody could answer, in such an order too. */
  unanswered(): Promise<readonly string[]>
  /** Whether every one of them is answered as it was, as far as anybody can be asked. */
  areAnsweredAlike(before: Answered): Promise<boolean>
}

export function questionsOf(askForText: AskForText, run: Run): Questions {
  const texts = new Map<string, Promise<string>>()

  function textFor(question: MediaQuestion): Promise<string> {
    const name = questionText(question)
    const text = texts.get(name) ?? askForText(question, run)
    texts.set(name, text)
    return text
  }

  async function isAlike([name, digest]: Answered[number]): Promise<boolean> {
    const { value } = await attempt(() => textFor(JSON.parse(name) as MediaQuestion))
    return value === undefined || (await digestOf(value)) === digest
  }

  return {
    ask: async (question) => filesIn(await textFor(question)),
    async answered() {
      const rows = await Promise.all(
        [...texts].map(async ([name, text]) => {
          const { value } = await attempt(() => text)
          return value === undefined ? [] : [[name, await digestOf(value)] as const]
        }),
      )
      return rows.flat().sort(([a], [b]) => (a < b ? -1 : 1))
    },
    async unanswered() {
      const failed = await Promise.all(
        [...texts].map(async ([name, text]) => ((await attempt(() => text)).failure ? [name] : [])),
      )
      return failed.flat().sort()
    },
    areAnsweredAlike: async (before) => (await Promise.all(before.map(isAlike))).every(Boolean),
  }
}

async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
