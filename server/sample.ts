import { copyFile, mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays, weekOf, type Day, type Place } from '../src/domain/day.ts'
import { folderFor, forcedPath, hiddenTop, markerBody, mediaTop } from '../src/domain/layout.ts'
import {
  meetingsOf,
  type Meeting,
  type MeetingKind,
  type MeetingTimes,
} from '../src/domain/meeting.ts'
import { isMissing } from './file-errors.ts'
import { sampleMedia } from './sample-files.ts'

/** The public account of the sample congregation. */
export const sampleAccount = { user: 'sample', password: 'sample', role: 'writer' } as const

const times: MeetingTimes = { midweek: 2, weekend: 5 }
const forced = {
  app: { outputFolderDateFormat: 'YYYY-MM-DD' },
  media: { lang: 'E' },
  meeting: { mwDay: times.midweek, weDay: times.weekend },
}

type Placed = { readonly name: string; readonly file: string }

const recurring: readonly Placed[] = [
  { name: 'Text for the year.jpg', file: 'year-text.jpg' },
  { name: 'Announcements.png', file: 'announcements.png' },
]

// What the VO added to the next meeting, the one after it, and the ones that follow.
const additional: readonly (readonly Placed[])[] = [
  [
    { name: '00-00 - Welcome.jpg', file: 'welcome.jpg' },
    { name: 'Greetings from our visitors.mp4', file: 'greetings.mp4' },
    { name: 'Morning in the hills.jpg', file: 'morning.jpg' },
  ],
  [
    { name: 'Chime before the meeting.mp3', file: 'chime.mp3' },
    { name: 'Evening over the valley.mp4', file: 'evening.mp4' },
  ],
  [{ name: 'Morning in the hills.jpg', file: 'morning.jpg' }],
]

/** The item of JW.org's that the VO has hidden from the next meeting. */
const hiddenItem: Readonly<Record<MeetingKind, string>> = {
  midweek: '02-01-01 - Starting a Conversation.mp4',
  weekend: '04-02 - Paragraph 9 - The Harbour.jpg',
}

const note = 'made-by-lectern.txt'
const noteText = 'Lectern empties this folder and fills it again each time it starts.\n'
const nowhere = { entries: [], unread: [] }

/**
 * Makes the sample congregation's folder afresh in `home` and answers where it is. Its days follow `today`. A folder
 * that something else made is left alone, and that is an error.
 */
export async function buildSample(home: string, today: Day): Promise<string> {
  await wipe(home)
  const folder = join(home, 'dav')
  await mkdir(folder, { recursive: true })
  await writeFile(join(home, note), noteText)
  await writeFile(join(folder, forcedPath), JSON.stringify(forced, undefined, 2))
  await place(folder, 'recurring', recurring)
  const meetings = comingMeetings(today)
  for (const [index, { day }] of meetings.entries()) {
    await place(folder, day, additional[Math.min(index, additional.length - 1)] ?? [])
  }
  await hide(folder, meetings[0])
  return folder
}

async function wipe(home: string): Promise<void> {
  const names = await namesIn(home)
  if (names.length > 0 && !names.includes(note)) {
    throw new Error(`${home} is not the sample's. Choose another --data, or use --no-sample.`)
  }
  await rm(home, { recursive: true, force: true })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function comingMeetings(today: Day): Meeting[] {
  const week = weekOf(today)
  const meetings = [week, addDays(week, 7)].flatMap((monday) => meetingsOf(monday, times))
  return meetings.filter(({ day }) => day >= today)
}

async function place(root: string, at: Place, files: readonly Placed[]): Promise<void> {
  const folder = join(root, folderFor(nowhere, mediaTop, at))
  await mkdir(folder, { recursive: true })
  for (const { name, file } of files)
    await copyWithTime(join(sampleMedia, file), join(folder, name))
}

// The same file keeps its time from start to start, so that a device that has it need not fetch it again.
async function copyWithTime(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from)
  await copyFile(from, to)
  await utimes(to, atime, mtime)
}

async function hide(root: string, meeting: Meeting | undefined): Promise<void> {
  if (!meeting) return
  const folder = join(root, folderFor(nowhere, hiddenTop, meeting.day))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, hiddenItem[meeting.kind]), markerBody)
}
