import { describe, expect, test } from 'vitest'
import { curate } from '../../../src/domain/curation.ts'
import type { ContentKey, CuratedDay } from '../../../src/domain/media.ts'
import { planUpdate, wantedFiles, type WantedFile } from '../../../src/domain/plan.ts'
import { file, friday, item, known, sha, sunday, thursday, week } from './congregation.ts'
import { carriedOut, empty, held, row, said, wanted } from './updates.ts'

const now = 1_000_000

describe('what an update wants', () => {
  const names = (days: readonly CuratedDay[]) => wantedFiles(days).map(({ name }) => name)

  test('is every shown item’s file: the next meeting first, then small before big', () => {
    const facts = known({
      catalogue: [item(thursday, 'v', 'video.mp4')],
      files: [
        file(sunday, 'small.jpg', { size: 1 }),
        file(thursday, 'big.jpg', { size: 9_000 }),
        file(thursday, 'small.jpg', { size: 10 }),
      ],
    })
    expect(names(curate(facts, week))).toEqual(['small.jpg', 'video.mp4', 'big.jpg', 'small.jpg'])
    expect(names(curate(facts, week).toReversed())).toEqual(names(curate(facts, week)))
  })

  test('takes recurring media with the first meeting, whoever names the days in what order', () => {
    const facts = known({ files: [file('recurring', 'year-text.jpg'), file(friday, 'a.jpg')] })
    expect(names(curate(facts, week))).toEqual(['year-text.jpg', 'a.jpg'])
    expect(names(curate(facts, week).toReversed())).toEqual(['year-text.jpg', 'a.jpg'])
  })

  test('is each file once, though recurring media lies in two meetings', () => {
    expect(names(curate(known({ files: [file('recurring', 'year-text.jpg')] }), week))).toEqual([
      'year-text.jpg',
    ])
  })

  test('is nothing that is hidden, awaited or here already', () => {
    const facts = known({
      files: [
        file(friday, 'hidden.jpg'),
        file(friday, 'awaited.jpg', { size: 0 }),
        { ...file(friday, 'waiting.jpg'), source: { at: 'device', key: sha('a') } },
      ],
      markers: [{ day: friday, name: 'hidden.jpg' }],
    })
    expect(names(curate(facts, week))).toEqual([])
  })

  test('is a recurring file still where one of its days hides it', () => {
    const facts = known({
      files: [file('recurring', 'r.jpg')],
      markers: [{ day: thursday, name: 'r.jpg' }],
    })
    expect(names(curate(facts, week))).toEqual(['r.jpg'])
  })
})

describe('the plan', () => {
  test('has no steps when all is here', () => {
    const photo = wanted()
    expect(planUpdate(held(row(photo, sha('a'))), [photo], now)).toEqual([])
    expect(planUpdate(empty, [], now)).toEqual([])
  })

  test('fetches what is new, has changed, or whose bytes this device has lost', () => {
    const photo = wanted()
    expect(said(planUpdate(empty, [photo], now))).toEqual(['fetch remote:Media/a'])
    expect(said(planUpdate(held(row(wanted({ etag: 'old' }), sha('a'))), [photo], now))).toEqual([
      'fetch remote:Media/a',
    ])
    const lost = { files: [row(photo, sha('a'))], blobs: new Set<ContentKey>() }
    expect(said(planUpdate(lost, [photo], now))).toEqual(['fetch remote:Media/a'])
  })

  test('makes a rename that the journal knows cost a link and no bytes', () => {
    const before = wanted({ ref: 'remote:Media/old.jpg' })
    const after = wanted({ ref: 'remote:Media/new.jpg', key: sha('a') })
    expect(planUpdate(held(row(before, sha('a'))), [after], now)).toEqual([
      { do: 'link', file: after, key: sha('a'), isTold: true },
      { do: 'forget', ref: 'remote:Media/old.jpg' },
    ])
  })

  test('takes back what was let go but is still here', () => {
    const photo = wanted()
    const gone = { ...row(photo, sha('a')), goneAt: 5 }
    expect(planUpdate(held(gone), [photo], now)).toEqual([
      { do: 'link', file: photo, key: sha('a') },
    ])
    expect(planUpdate(held(gone), [], now)).toEqual([])
  })

  test('finds JW.org’s bytes again by their MD5, whichever row still has them', () => {
    const version = { size: 5, md5: 'abc' }
    const video: WantedFile = {
      ref: 'jworg:abc',
      name: 'v.mp4',
      size: 5,
      source: { at: 'jworg', url: 'https://x.example/v', version },
    }
    const lost = { ref: 'remote:one', version, key: sha('a') }
    const there = { ref: 'remote:two', version, key: sha('b') }
    const plan = planUpdate({ files: [lost, there], blobs: new Set([sha('b')]) }, [video], now)
    expect(plan[0]).toEqual({ do: 'link', file: video, key: sha('b') })
  })

  test('fetches the same picture of two days once', () => {
    const one = wanted({ ref: 'remote:Media/1', key: sha('a') })
    const two = wanted({ ref: 'remote:Media/2', key: sha('a') })
    expect(said(planUpdate(empty, [one, two], now))).toEqual([
      'fetch remote:Media/1',
      'link remote:Media/2',
    ])
  })

  test('mends itself where a noted key was wrong', () => {
    const one = wanted({ ref: 'remote:Media/1', key: sha('a') })
    const two = wanted({ ref: 'remote:Media/2', key: sha('a') })
    const truth = (photo: WantedFile) => (photo.ref === one.ref ? sha('b') : sha('c'))
    const after = carriedOut(empty, planUpdate(empty, [one, two], now), truth)
    expect(said(planUpdate(after, [one, two], now))).toEqual(['fetch remote:Media/2'])
  })
})

describe('two files that look the same', () => {
  const stays = wanted({ ref: 'remote:Media/stays.jpg' })
  const left = wanted({ ref: 'remote:Media/left.jpg' })
  const both = [row(stays, sha('a')), row(left, sha('b'))]

  test('are left alone where they were read', () => {
    expect(planUpdate(held(...both), [stays, left], now)).toEqual([])
  })

  test('are read again where one of them is gone: the other may be it', () => {
    expect(planUpdate(held(...both), [stays], now)).toEqual([
      { do: 'fetch', file: stays, isAgain: true },
      { do: 'forget', ref: left.ref, isAtLast: true },
    ])
  })

  test('are beyond doubt where their bytes are the same', () => {
    const same = [row(stays, sha('a')), row(left, sha('a'))]
    expect(planUpdate(held(...same), [stays], now)).toEqual([{ do: 'forget', ref: left.ref }])
  })
})

describe('a file that was read while it might still change', () => {
  const doubtful = wanted({ isUnsettled: true })
  const read = { ...row(doubtful, sha('a')), unsettledAt: now - 2_000 }
  const again = { do: 'fetch', file: wanted(), isAgain: true }

  test('is fetched once more when its time is over, and then never again', () => {
    expect(planUpdate(held(read), [doubtful], now)).toEqual([again])
    expect(planUpdate(held(row(doubtful, sha('a'))), [doubtful], now)).toEqual([])
  })

  test('is left alone before', () => {
    expect(planUpdate(held({ ...read, unsettledAt: now - 1_999 }), [doubtful], now)).toEqual([])
  })

  test('is not taken for known by the key that this device itself found', () => {
    const known = wanted({ isUnsettled: true, key: sha('a') })
    expect(planUpdate(held(read), [known], now)).toEqual([again])
  })

  test('is not linked back in when it was let go meanwhile', () => {
    const gone = { ...read, unsettledAt: now, goneAt: now }
    expect(planUpdate(held(gone), [doubtful], now)).toEqual([{ do: 'fetch', file: doubtful }])
  })

  test('comes as a new file when it shows that it changed', () => {
    const changed = wanted({ etag: 'two' })
    expect(planUpdate(held(read), [changed], now)).toEqual([{ do: 'fetch', file: changed }])
  })
})
