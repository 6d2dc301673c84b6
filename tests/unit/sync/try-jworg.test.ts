import { expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import type { MediaQuestion, PublishedFile } from '../../../src/sync/ports.ts'
import { tryJworg } from '../../../src/sync/doctor/try-jworg.ts'

type Jworg = {
  readonly has?: (question: MediaQuestion) => boolean
  /** Why an address cannot be had. */
  readonly refuses?: (url: string) => Failure | undefined
  readonly silent?: Failure
}

function file(url: string, lines: number): PublishedFile {
  return {
    ...{ name: url, url, size: 1, md5: 'd41d8cd98f00b204e9800998ecf8427e', title: '', lines },
    ...{ hasBurnedInSubtitles: false, symbol: '', track: 1, durationS: 1 },
  }
}

/** What a device finds out that speaks this language. */
async function testing({ has = () => true, refuses, silent }: Jworg, language = 'S') {
  const asked: string[] = []
  const peeked: string[] = []
  const trial = {
    service: {
      ask: async (question: MediaQuestion) => {
        if (silent) throw new Failed(silent)
        const { symbol = '', track = '' } = question
        asked.push(`${symbol}${track} ${question.language}`)
        if (!has(question)) return []
        const name = `${symbol}_${question.language}`
        if (question.kind === 'publication') return [file(`${name}.jwpub`, 0)]
        return [file(`${name}_720.mp4`, 720), file(`${name}_240.mp4`, 240)]
      },
    },
    peek: async (url: string) => {
      peeked.push(url)
      const failure = refuses?.(url)
      if (failure) throw new Failed(failure)
    },
  }
  return { tried: await tryJworg(trial, { language, week: '2026-11-16' }), asked, peeked }
}

test('all is well: the workbook and the smallest song of the own language are there', async () => {
  const { tried, asked, peeked } = await testing({})
  expect(tried).toEqual([{ kind: 'answers' }, { kind: 'publications' }, { kind: 'films' }])
  expect(asked).toEqual(['mwb S', 'sjjm1 S'])
  expect(peeked).toEqual(['mwb_S.jwpub', 'sjjm_S_240.mp4'])
})

test('who signs is asked for signed songs', async () => {
  expect((await testing({}, 'ASL')).asked).toContain('sjj1 ASL')
})

test('what the own language lacks is looked for where everything appears', async () => {
  const { tried, peeked } = await testing({ has: ({ language }) => language === 'E' })
  expect(tried.some(({ failure }) => failure)).toBe(false)
  expect(peeked).toEqual(['mwb_E.jwpub', 'sjjm_E_240.mp4'])
})

test('where the lists do not come nothing else is known', async () => {
  const failure = { kind: 'unreachable' } as const
  expect((await testing({ silent: failure })).tried).toEqual([{ kind: 'answers', failure }])
})

test('a publication that is refused does not hide that films come', async () => {
  const failure = { kind: 'unreachable' } as const
  const refuses = (url: string) => (url.endsWith('.jwpub') ? failure : undefined)
  expect((await testing({ refuses })).tried).toEqual([
    { kind: 'answers' },
    { kind: 'publications', failure },
    { kind: 'films' },
  ])
})

test('what is not published anywhere is said to be missing', async () => {
  const { tried } = await testing({ has: ({ kind }) => kind === 'publication' })
  expect(tried.at(-1)).toMatchObject({ kind: 'films', failure: { kind: 'not-found' } })
})
