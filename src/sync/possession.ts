// What a device has, by marks; and the words that stand for all of it.
import { fingerprintText, fingerprintWords } from '../domain/fingerprint.ts'
import { filesOf, isShown, type CuratedDay, type ItemFile } from '../domain/media.ts'
import { outputFiles } from '../domain/output.ts'
import { markOf, markTexts, type MarkedDay, type MarkedFile } from '../domain/possession.ts'
import type { Day } from '../domain/day.ts'

/** The four words for what is curated, once all of it is known. */
export async function wordsOf(days: readonly CuratedDay[]): Promise<string> {
  return fingerprintWords(await sha256(fingerprintText(days)))
}

/** The days by marks; of the files that are shown only those at paths of the media folder that `isHere` knows. */
export async function markedDays(
  days: readonly CuratedDay[],
  isHere: (path: string) => boolean = () => true,
): Promise<MarkedDay[]> {
  return Promise.all(days.map((day) => markedDay(day, isHere)))
}

async function markedDay(day: CuratedDay, isHere: (path: string) => boolean): Promise<MarkedDay> {
  const outputs = outputFiles([day]).filter(({ path }) => isHere(path))
  const hidden = day.items.filter((item) => !isShown(item)).flatMap(filesOf)
  return {
    day: day.day as Day,
    shown: await Promise.all(outputs.map(({ file }) => marked(file))),
    hidden: await Promise.all(hidden.map(marked)),
  }
}

async function marked(file: ItemFile): Promise<MarkedFile> {
  const { name, bytes } = markTexts(file)
  const mark = markOf(await hexOf(name), bytes === undefined ? undefined : await hexOf(bytes))
  return { name: file.name, origin: file.origin, mark }
}

async function hexOf(text: string): Promise<string> {
  const hash = (await sha256(text)).subarray(0, 4)
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
