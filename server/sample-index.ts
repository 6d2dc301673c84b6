import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MeetingKind } from '../src/domain/meeting.ts'

/** Where the sample's media lies, seen from the sources as well as from the built server. */
export const sampleMedia = join(import.meta.dirname, '..', 'server', 'sample-media')

type SampleItem = {
  readonly id: string
  readonly meeting: MeetingKind
  readonly name: string
  /** Address of its bytes, relative to the index. */
  readonly file: string
  readonly size: number
  readonly md5: string
}

type Row = readonly [id: string, name: string, file: string]

const rows: Readonly<Record<MeetingKind, readonly Row[]>> = {
  midweek: [
    ['pub-sample_44_VIDEO', '01-01-01 - Song 44 - A Sample Song.mp4', 'song-44.mp4'],
    ['pub-sample-picture_1', '01-02-01 - A Wide Valley.jpg', 'valley.jpg'],
    ['pub-sample-picture_2', '01-02-02 - The Long Journey.jpg', 'journey.jpg'],
    ['pub-sample-talk_1_VIDEO', '02-01-01 - Starting a Conversation.mp4', 'conversation.mp4'],
    ['pub-sample_87_VIDEO', '03-01-01 - Song 87 - Another Sample Song.mp4', 'song-87.mp4'],
    ['pub-sample-talk_2_VIDEO', '03-02-01 - A Letter Across the Sea.mp4', 'letter.mp4'],
    ['pub-sample-picture_3', '03-03-01 - Footnote - Fields of Wheat.jpg', 'field.jpg'],
  ],
  weekend: [
    ['pub-sample_12_VIDEO', '03-01 - Song 12 - A Song for the Road.mp4', 'song-12.mp4'],
    ['pub-sample-picture_4', '04-01 - Paragraph 3 - The Lighthouse.jpg', 'lighthouse.jpg'],
    ['pub-sample-picture_5', '04-02 - Paragraph 9 - The Harbour.jpg', 'harbour.jpg'],
    ['pub-sample-picture_6', '04-03 - Paragraph 14 - A Footpath.jpg', 'path.jpg'],
    ['pub-sample_65_VIDEO', '05-01 - Song 65 - A Song of Thanks.mp4', 'song-65.mp4'],
  ],
}

/** The item of a meeting that the sample congregation has hidden. */
export const hiddenItem: Readonly<Record<MeetingKind, string>> = {
  midweek: '02-01-01 - Starting a Conversation.mp4',
  weekend: '04-02 - Paragraph 9 - The Harbour.jpg',
}

/** What the sample's JW.org publishes for the meetings of every week. */
export async function readSampleIndex(): Promise<{ readonly items: readonly SampleItem[] }> {
  const { midweek, weekend } = rows
  const items = await Promise.all([
    ...midweek.map((row) => readItem('midweek', row)),
    ...weekend.map((row) => readItem('weekend', row)),
  ])
  return { items }
}

async function readItem(meeting: MeetingKind, [id, name, file]: Row): Promise<SampleItem> {
  const bytes = await readFile(join(sampleMedia, file))
  const md5 = createHash('md5').update(bytes).digest('hex')
  return { id, meeting, name, file: `media/${file}`, size: bytes.length, md5 }
}
