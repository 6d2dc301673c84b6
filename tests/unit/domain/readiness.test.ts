import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContentKey } from '../../../src/domain/media.ts'
import {
  keptFacts,
  mostInspected,
  readinessOf,
  type Inspected,
  type MeetingFile,
  type MeetingSight,
} from '../../../src/domain/readiness.ts'
import { friday, sha } from './congregation.ts'

function file(name: string, facts: Partial<MeetingFile> = {}): MeetingFile {
  const key: ContentKey = `sha256-${Buffer.from(name).toString('hex')}`
  const path = `${friday}/${name}`
  return { path, name, size: name.length, kind: 'video', origin: 'additional', key, ...facts }
}

/** A meeting of which all is as it should be, in whatever way it is told that it is not. */
function sight(files: readonly MeetingFile[], change: Partial<MeetingSight> = {}): MeetingSight {
  return {
    files,
    outputs: files,
    inspected: {},
    folder: { of: 'open', files, ours: files.map(({ path }) => path) },
    awaited: [],
    missing: [],
    isSigned: false,
    ...change,
  }
}

const talk = file('talk.mp4')
const song = file('song.mp4', { origin: 'jworg' })
const photo = file('photo.jpg', { kind: 'picture' })

function learned(...facts: readonly (readonly [MeetingFile, Inspected])[]) {
  return Object.fromEntries(facts.map(([{ key }, one]) => [key ?? '', one]))
}

const anyFiles = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 8 }), here: fc.boolean() }),
  { maxLength: 12, selector: ({ name }) => name.toLowerCase() },
)

describe('a meeting', () => {
  test('is ready when all is here, plays and lies in the folder; films and sound are counted together', () => {
    const inspected = learned(
      [talk, { of: 'film', durationS: 60, sound: 'none' }],
      [song, { of: 'film', durationS: 190, sound: 'heard' }],
      [photo, { of: 'picture' }],
    )
    expect(readinessOf(sight([talk, song, photo], { inspected }))).toEqual({
      of: 'ready',
      files: 3,
      durationS: 250,
    })
  })

  test('lacks exactly what is not here, and the folder exactly what it could hold', () => {
    fc.assert(
      fc.property(anyFiles, fc.func(fc.boolean()), (told, isThere) => {
        const files = told.map(({ name, here }) =>
          here ? file(name) : file(name, { key: undefined }),
        )
        const there = files.filter(({ name }) => isThere(name))
        const found = readinessOf(sight(files, { folder: { of: 'open', files: there, ours: [] } }))
        const names = (of: string) =>
          found.of === 'ready' ? [] : (found.shortcomings.find((one) => one.of === of)?.names ?? [])
        const absent = files.filter(({ key }) => key === undefined)
        const lacked = files.filter((one) => one.key !== undefined && !there.includes(one))
        expect(names('not-here')).toEqual(absent.map(({ name }) => name))
        expect(names('folder-lacks')).toEqual(lacked.map(({ name }) => name))
        expect(found.of).toBe(absent.length + lacked.length > 0 ? 'unready' : 'ready')
      }),
    )
  })

  test('is not ready with a film that cannot be played, or whose end is missing', () => {
    const inspected = learned([talk, { of: 'unplayable' }], [song, { of: 'cut-off' }])
    expect(readinessOf(sight([talk, song], { inspected }))).toEqual({
      of: 'unready',
      shortcomings: [
        { of: 'unplayable', names: ['talk.mp4'] },
        { of: 'cut-off', names: ['song.mp4'] },
      ],
    })
  })

  test('needs sound of JW.org’s films, unless they are signed, and of nobody’s that has some and is not heard', () => {
    const silent = { of: 'film', durationS: 60, sound: 'none' } as const
    const inspected = learned([talk, silent], [song, silent])
    const shortcomings = [{ of: 'silent', names: ['song.mp4'] }]
    expect(readinessOf(sight([talk, song], { inspected }))).toEqual({ of: 'unready', shortcomings })
    expect(readinessOf(sight([talk, song], { inspected, isSigned: true }))).toMatchObject({
      of: 'ready',
    })
    const unheard = learned([talk, { ...silent, sound: 'unheard' }])
    expect(readinessOf(sight([talk], { inspected: unheard }))).toMatchObject({ of: 'unready' })
  })

  test('is not ready while the folder holds another version, or what was hidden since', () => {
    const files = [{ ...talk, size: talk.size + 1 }, song]
    const folder = { of: 'open', files, ours: files.map(({ path }) => path) } as const
    expect(readinessOf(sight([talk], { folder }))).toEqual({
      of: 'unready',
      shortcomings: [
        { of: 'folder-lacks', names: ['talk.mp4'] },
        { of: 'folder-too-many', names: ['song.mp4'] },
      ],
    })
  })

  test('is ready beside files that somebody else put into the folder', () => {
    const folder = { of: 'open', files: [talk, song], ours: [talk.path] } as const
    expect(readinessOf(sight([talk], { folder }))).toMatchObject({ of: 'ready' })
  })

  test('is ready with a picture or a film in the folder that an export made of what no player shows', () => {
    const camera = file('camera.heic', { kind: 'picture' })
    const made = { path: `${friday}/camera.jpg`, size: 9 }
    const folder = { of: 'open', files: [made, talk], ours: [made.path, talk.path] } as const
    const outputs = [made, talk]
    expect(readinessOf(sight([camera, talk], { folder, outputs }))).toMatchObject({ of: 'ready' })
  })

  test('is judged without a folder where there is none, and says where it could not look', () => {
    expect(readinessOf(sight([talk], { folder: { of: 'none' } }))).toMatchObject({ of: 'ready' })
    expect(readinessOf(sight([talk], { folder: { of: 'shut' } }))).toEqual({
      of: 'unready',
      shortcomings: [{ of: 'folder-shut', names: [] }],
    })
  })

  test('waits for what is announced, and for what JW.org did not give', () => {
    expect(readinessOf(sight([], { awaited: ['letter.pdf'], missing: ['Song 44'] }))).toEqual({
      of: 'unready',
      shortcomings: [
        { of: 'missing', names: ['Song 44'] },
        { of: 'awaited', names: ['letter.pdf'] },
      ],
    })
  })
})

describe('what was learned of files', () => {
  const film: Inspected = { of: 'film', durationS: 6 }

  test('is kept, but what was wrong is looked at anew next time', () => {
    const news = [
      [sha('a'), film],
      [sha('b'), { of: 'unplayable' }],
      [sha('c'), { of: 'cut-off' }],
      [sha('d'), { of: 'unsure' }],
    ] as const
    expect(keptFacts({}, news)).toEqual({ [sha('a')]: film })
  })

  test('never grows beyond its bound; what was learned last stays', () => {
    const many = Array.from(
      { length: mostInspected + 50 },
      (_, at): readonly [ContentKey, Inspected] => [`sha256-x${at}`, film],
    )
    const kept = keptFacts(keptFacts({}, many.slice(0, 700)), many.slice(700))
    expect(Object.keys(kept)).toEqual(many.slice(-mostInspected).map(([key]) => key))
  })
})
