import type { Film } from './films.ts'
import { languageOf, type SampleLanguage } from './languages.ts'
import { frameOf, subtitlesOf, type FileFormat, type Published } from './published.ts'
import type { Found } from './question.ts'

/** What a file is now: `md5` is lower-case hex, `release` counts from 1. */
export type Released = {
  readonly url: string
  readonly release: number
  readonly size: number
  readonly md5: string
}

/** Tells what a file is now. */
export type Release = (file: Published) => Promise<Released>

const mimeTypes: Readonly<Record<FileFormat, string>> = {
  JWPUB: 'application/octet-stream',
  MP4: 'video/mp4',
  MP3: 'audio/mpeg',
  VTT: 'text/vtt',
}

/** GETPUBMEDIALINKS' answer about files that were found. */
export async function linksOf(found: Found, release: Release) {
  const { question, language, files } = found
  const { name = '', locale = '', script = '', isRightToLeft } = { ...languageOf(language) }
  const told = await Promise.all(
    files.map(async (file) => ({ ...file, told: await tell(file, found, release) })),
  )
  const formats = [...new Set(files.map(({ format }) => format))]
  const toldOf = (format: FileFormat) =>
    told.filter((file) => file.format === format).map((file) => file.told)
  return {
    pubName: files[0]?.title ?? '',
    parentPubName: '',
    booknum: null,
    pub: question.symbol,
    issue: question.issue === 0 ? '' : String(question.issue),
    formattedDate: '',
    fileformat: formats,
    track: question.track === 0 ? null : question.track,
    specialty: '',
    pubImage: { url: '', modifiedDatetime: '', checksum: null },
    languages: { [language]: { name, direction: isRightToLeft ? 'rtl' : 'ltr', locale, script } },
    files: {
      [language]: Object.fromEntries(formats.map((format) => [format, toldOf(format)])),
    },
  }
}

async function tell(file: Published, { question, language }: Found, release: Release) {
  const { width, height } = frameOf(file.label)
  const { film, format } = file
  const released = await release(file)
  return {
    title: file.title,
    file: { ...addressOf(released), stream: '' },
    filesize: released.size,
    trackImage: { url: '', modifiedDatetime: '', checksum: null },
    markers: film ? markersOf(film, language) : null,
    label: file.label,
    track: film?.track ?? 0,
    hasTrack: film !== undefined,
    pub: question.symbol,
    docid: film?.document ?? 0,
    booknum: 0,
    mimetype: mimeTypes[format],
    ...regular,
    subtitled: file.isSubtitled,
    ...(format === 'MP4' && { subtitles: addressOf(await release(subtitlesOf(file))) }),
    frameWidth: width,
    frameHeight: height,
    frameRate: width === 0 ? 0 : 12,
    duration: file.durationS,
    bitRate: 0,
  }
}

const regular = {
  edition: 'Regular',
  editionDescr: 'Regular',
  format: 'Regular',
  formatDescr: 'Regular',
  specialty: '',
  specialtyDescr: '',
}

function addressOf({ url, release, md5 }: Released) {
  const day = String(release).padStart(2, '0')
  return { url, modifiedDatetime: `2026-01-${day} 12:00:00`, checksum: md5 }
}

const chapterS = 2

// Where those who sign may jump to: each place lasts two seconds.
function markersOf({ chapters, document }: Film, language: SampleLanguage) {
  if (chapters.length === 0) return null
  return {
    documentId: document,
    hash: '',
    type: 'publication',
    introduction: { startTime: '00:00:00.000', duration: '00:00:00.500' },
    mepsLanguageSpoken: '',
    mepsLanguageWritten: language,
    markers: chapters.map((label, index) => ({
      label,
      mepsParagraphId: index + 1,
      startTime: `00:00:0${index * chapterS}.000`,
      duration: `00:00:0${chapterS}.000`,
      endTransitionDuration: '00:00:00.500',
    })),
  }
}
