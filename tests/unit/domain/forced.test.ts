import { describe, expect, test } from 'vitest'
import {
  changeTo,
  proposal,
  readForced,
  writeForced,
  type ForcedChange,
} from '../../../src/domain/forced.ts'
import { defaultSettings, forcibleKeys, wirePath } from '../../../src/domain/settings.ts'

const nested = {
  app: { congregationName: 'North', outputFolderDateFormat: 'DD-MM-YYYY - dddd' },
  media: {
    lang: 'E',
    langFallback: 'S',
    langSubs: 'X',
    maxRes: '480p',
    enableSubtitles: true,
    enableMp4Conversion: true,
    keepOriginalsAfterConversion: false,
    enableVlcPlaylistCreation: true,
    excludeTh: true,
    excludeLffImages: false,
    includePrinted: true,
  },
  meeting: {
    mwDay: 2,
    weDay: 6,
    mwStartTime: '19:00',
    weStartTime: '09:30',
    coWeek: '2026-11-24',
    specialCong: false,
  },
}

/** What M³ knows nothing of, or lets nobody force. */
const ours = { lectern: { daysOff: ['2026-12-05', '2026-12-06'], omitsFootnotes: true } }

const everything = {
  congregation: 'North',
  dayFormat: 'DD-MM-YYYY - dddd',
  meetings: {
    midweek: 2,
    weekend: 6,
    midweekTime: '19:00',
    weekendTime: '09:30',
    visit: '2026-11-24',
    special: false,
  },
  media: {
    language: 'E',
    fallback: 'S',
    subtitlesLanguage: 'X',
    resolution: '480p',
    hasSubtitles: true,
    becomesMp4: true,
    keepsOriginals: false,
    hasPlaylists: true,
    omitsTh: true,
    omitsLffPictures: false,
    hasPrinted: true,
  },
}

const everythingAndOurs = {
  ...everything,
  meetings: { ...everything.meetings, off: ours.lectern.daysOff },
  media: { ...everything.media, omitsFootnotes: true },
}

/** The flat file of the days of JWMMF. */
const flat = Object.assign({}, ...Object.values(nested)) as Readonly<Record<string, unknown>>

describe('what the congregation has decided', () => {
  test("is read in M³'s nested form", () => {
    expect(readForced(nested)).toEqual({ forced: everything, ignored: [] })
  })

  test('is written so that M³ reads it, and read again as it was', () => {
    const text = writeForced({}, changeTo(everything as never))
    expect(JSON.parse(text)).toEqual(nested)
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 2))
  })

  test('on what M³ does not know stands beside it under a name of our own', () => {
    expect(readForced({ ...nested, ...ours })).toEqual({ forced: everythingAndOurs, ignored: [] })
    const text = writeForced(nested, changeTo(everythingAndOurs as never))
    expect(JSON.parse(text)).toEqual({ ...nested, ...ours })
    const freed = writeForced(JSON.parse(text), {
      'meetings.off': undefined,
      'media.omitsFootnotes': undefined,
    })
    expect(JSON.parse(freed)).toEqual(nested)
  })

  test('on what M³ does not know makes sense or is named', () => {
    const json = { lectern: { daysOff: ['soon'], omitsFootnotes: 'yes', later: 1 } }
    const ignored = ['lectern.daysOff', 'lectern.omitsFootnotes']
    expect(readForced(json)).toEqual({ forced: {}, ignored })
    expect(readForced({ daysOff: ['2026-12-05'], omitsFootnotes: true, lectern: 7 })).toEqual({
      forced: {},
      ignored: [],
    })
  })

  test.each([undefined, null, 'forced', 7, true, []])('is not what %s says', (json) => {
    expect(readForced(json)).toBeUndefined()
  })

  test('never reaches beyond the list: no server, no password, no shortcut, no folder of a PC', () => {
    const json = {
      app: {
        obs: { password: 'secret' },
        zoom: { id: '1' },
        localOutputPath: '/etc',
        offline: true,
      },
      cong: { server: 'elsewhere.example', password: 'secret' },
      media: { excludeFootnotes: true, mediaWinShortcut: 'Alt+Z', preferredOutput: 'window' },
      meeting: { musicVolume: 100 },
      weeks: 1,
    }
    expect(readForced(json)).toEqual({ forced: {}, ignored: [] })
  })

  test('loses only what makes no sense, and that is named', () => {
    const json = {
      app: { outputFolderDateFormat: 'MM/DD/YY', congregationName: 'North' },
      media: { lang: 'E&x=1', maxRes: '1080p', excludeTh: 1, enableSubtitles: true },
      meeting: { mwDay: 9, weDay: 5, coWeek: 'soon', mwStartTime: '7 pm' },
    }
    expect(readForced(json)).toEqual({
      forced: { congregation: 'North', meetings: { weekend: 5 }, media: { hasSubtitles: true } },
      ignored: [
        'app.outputFolderDateFormat',
        'meeting.mwDay',
        'meeting.mwStartTime',
        'meeting.coWeek',
        'media.lang',
        'media.maxRes',
        'media.excludeTh',
      ],
    })
  })

  test('is nothing where the file says null, or where a section is none', () => {
    expect(readForced({ app: 7, meeting: null, media: { lang: null } })).toEqual({
      forced: {},
      ignored: [],
    })
  })
})

const keysOfM3 = forcibleKeys.filter((key) => !wirePath(key).startsWith('lectern.'))

describe('a file of the days of JWMMF', () => {
  test('forces the same with all its keys at the top', () => {
    expect(readForced(flat)).toEqual({ forced: everything, ignored: [] })
  })

  test.each(keysOfM3)('forces %s, and Lectern moves it to where M³ has it today', (key) => {
    const name = wirePath(key).replace(/^.*\./, '')
    const old = { [name]: flat[name], enableObs: true }
    const alone = readForced(old)?.forced
    expect(changeTo(alone ?? {})).toEqual({ [key]: flat[name] })
    const [section = ''] = wirePath(key).split('.')
    expect(JSON.parse(writeForced(old, {}))).toEqual({
      enableObs: true,
      [section]: { [name]: flat[name] },
    })
  })

  test('has days of the week as texts', () => {
    expect(readForced({ mwDay: '2', weDay: '0' })?.forced.meetings).toEqual({
      midweek: 2,
      weekend: 0,
    })
    expect(JSON.parse(writeForced({ mwDay: '2' }, {}))).toEqual({ meeting: { mwDay: 2 } })
  })

  test('knows the pictures of lff under another name, at the top or in its section', () => {
    const today = { forced: { media: { omitsLffPictures: true } }, ignored: [] }
    for (const old of [{ excludeLffiImages: true }, { media: { excludeLffiImages: true } }]) {
      expect(readForced(old)).toEqual(today)
      expect(JSON.parse(writeForced(old, {}))).toEqual({ media: { excludeLffImages: true } })
    }
  })

  test('frees what it leaves at null', () => {
    const old = { mwDay: null, lang: null, maxRes: null }
    expect(readForced(old)).toEqual({ forced: {}, ignored: [] })
  })

  test('names what makes no sense by where it stands, and a readable value elsewhere counts', () => {
    expect(readForced({ mwDay: 'Tuesday', meeting: { mwDay: 3 } })).toEqual({
      forced: { meetings: { midweek: 3 } },
      ignored: ['mwDay'],
    })
  })

  test('wins over the section, as it does in M³', () => {
    const both = { lang: 'S', media: { lang: 'E' } }
    expect(readForced(both)?.forced.media?.language).toBe('S')
    expect(JSON.parse(writeForced(both, {}))).toEqual({ media: { lang: 'S' } })
  })

  const notOurs = {
    enableObs: true,
    obsPort: 4455,
    obsPassword: 'secret',
    ppEnable: true,
    excludeLffi: true,
    musicVolume: '80',
    congServer: 'elsewhere.example',
    congServerPass: 'secret',
    congServerUser: 'vo',
    congServerDir: '/',
  }

  test.each(Object.entries(notOurs))('may hold %s, which is others’', (name, value) => {
    expect(readForced({ [name]: value })).toEqual({ forced: {}, ignored: [] })
    const after = writeForced({ [name]: value }, { 'media.language': 'E' })
    expect(JSON.parse(after)).toEqual({ [name]: value, media: { lang: 'E' } })
  })
})

describe('a change by the VO', () => {
  test('touches its own keys and nothing else, not even their order', () => {
    const old = {
      media: { lang: 'E', hideMediaLogo: true },
      app: { obs: { enable: true, password: 'secret' } },
      cong: { dir: '/other' },
      meeting: { mwDay: 2 },
      future: [1, { a: null }],
    }
    const text = writeForced(old, { 'media.language': 'S', 'meetings.weekend': 6 })
    expect(text).toBe(
      JSON.stringify(
        {
          ...old,
          media: { lang: 'S', hideMediaLogo: true },
          meeting: { mwDay: 2, weDay: 6 },
        },
        null,
        2,
      ),
    )
  })

  test('frees a setting wherever it stands, and takes away the section that became empty', () => {
    const old = {
      lang: 'S',
      media: { lang: 'E' },
      meeting: { mwDay: 2 },
      app: { obs: {} },
    }
    const freed = writeForced(old, { 'media.language': undefined, 'meetings.midweek': undefined })
    expect(JSON.parse(freed)).toEqual({ app: { obs: {} } })
  })

  test('replaces a value that made no sense, wherever it stood', () => {
    const old = { mwDay: 'Tuesday', meeting: { mwDay: 9 } }
    expect(JSON.parse(writeForced(old, { 'meetings.midweek': 1 }))).toEqual({
      meeting: { mwDay: 1 },
    })
  })

  test('without a change writes the file as it was', () => {
    expect(writeForced(nested, {})).toBe(JSON.stringify(nested, null, 2))
    expect(writeForced(nested, changeTo(everything as never))).toBe(JSON.stringify(nested, null, 2))
  })
})

test('to give everyone exactly the same media, the VO forces what decides it, and no more', () => {
  const settings = {
    ...defaultSettings,
    congregation: 'North',
    meetings: { midweek: 2, weekend: 6, midweekTime: '19:00' },
    media: { ...defaultSettings.media, language: 'E', fallback: 'S', becomesMp4: true },
  } as const
  expect(proposal(settings)).toEqual({
    dayFormat: 'YYYY-MM-DD',
    'meetings.midweek': 2,
    'meetings.weekend': 6,
    'media.language': 'E',
    'media.fallback': 'S',
    'media.hasSubtitles': false,
    'media.resolution': '720p',
    'media.omitsTh': false,
    'media.omitsLffPictures': false,
    'media.omitsFootnotes': false,
    'media.hasPrinted': false,
  } satisfies ForcedChange)
})
