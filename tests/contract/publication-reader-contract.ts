import { describe, expect, test } from 'vitest'
import type { OpenPublication, PublicationReader } from '../../src/sync/ports.ts'
import { fileOf, publicationFile } from '../fixtures/publications.ts'

type Use = (publication: OpenPublication) => Promise<void>

/** The guarantees of the PublicationReader port. */
export function publicationReaderContract(name: string, newReader: () => PublicationReader): void {
  async function withOpen(file: Blob, use: Use): Promise<void> {
    const publication = await newReader().open(file)
    try {
      await use(publication)
    } finally {
      await publication.close()
    }
  }

  describe(`a publication (${name})`, () => {
    test('says what it is, which days it is for, and what stands in it', async () => {
      await withOpen(await publicationFile(), async ({ facts, dated, documents }) => {
        expect(facts).toEqual({
          symbol: 'w26',
          undatedSymbol: 'w',
          uniqueSymbol: 'w26',
          issue: 20260900,
          year: 2026,
          language: 0,
          title: 'Study Edition',
          issueTitle: 'September',
        })
        expect(dated.map(({ first }) => first)).toEqual([20261116, 20261123])
        expect(documents).toEqual([
          { id: 1, kind: 68, title: 'Contents' },
          { id: 2, mepsId: 2026640, kind: 40, title: 'A Light From Afar' },
        ])
      })
    })

    test('shows the media of an article in their order, a picture at two places twice', async () => {
      await withOpen(await publicationFile(), async (publication) => {
        const article = await publication.document(2)
        expect(article?.media.map(({ id, begin }) => [id, begin])).toEqual([
          [12, 2],
          [10, 4],
          [11, 9],
          [10, 14],
        ])
        expect(article?.media[2]).toMatchObject({
          mimeType: 'image/jpeg',
          category: 8,
          label: 'Far',
          caption: '',
          path: 'harbour.jpg',
          isZoomSuppressed: false,
        })
        expect(article?.media[0]).toMatchObject({ symbol: 'sjjm', track: 12, path: '' })
      })
    })

    test('labels paragraphs and questions', async () => {
      await withOpen(await publicationFile(), async (publication) => {
        expect(await publication.document(2)).toMatchObject({
          title: 'A Light From Afar',
          paragraphs: [
            { ordinal: 5, label: '1' },
            { ordinal: 8, label: '3' },
          ],
          questions: [{ ordinal: 7, target: 8, label: '3' }],
          extracts: [{ id: 21, link: 'p/E:1102016801/1-4', from: 1, to: 4, begin: 2 }],
        })
      })
    })

    test('has no document and no picture that nobody put into it', async () => {
      await withOpen(await publicationFile(), async (publication) => {
        expect(await publication.document(3)).toBeUndefined()
        expect(await publication.picture('nowhere.jpg')).toBeUndefined()
      })
    })

    test('shows at a glance what all its documents show, and how big the pictures are', async () => {
      await withOpen(await publicationFile(), async (publication) => {
        const { media, sizes } = await publication.overview()
        expect([...media.keys()]).toEqual([2])
        expect(media.get(2)).toEqual((await publication.document(2))?.media)
        expect([sizes.get('lighthouse.jpg'), sizes.get('harbour.jpg')]).toEqual([4, 70_000])
      })
    })

    test('gives a picture as it is', async () => {
      await withOpen(await publicationFile(), async (publication) => {
        const picture = await publication.picture('lighthouse.jpg')
        expect([...new Uint8Array((await picture?.arrayBuffer()) ?? [])]).toEqual([
          0xff, 0xd8, 0xff, 1,
        ])
      })
    })

    test('is read beside another one, and after that was closed', async () => {
      const reader = newReader()
      const other = { symbol: 'mwb26', undatedSymbol: 'mwb', uniqueSymbol: 'mwb26' }
      const facts = { ...other, issue: 20260900, year: 2026, language: 2 }
      const [first, second] = await Promise.all([
        reader.open(await publicationFile()),
        reader.open(await publicationFile({ facts })),
      ])
      expect([first.facts.symbol, second.facts.symbol]).toEqual(['w26', 'mwb26'])
      await first.close()
      expect((await second.document(2))?.media).toHaveLength(4)
      await second.close()
    })

    test('that is none is refused by its name, and the next one is read', async () => {
      const reader = newReader()
      await expect(reader.open(fileOf(new Uint8Array(1000)))).rejects.toMatchObject({
        failure: { kind: 'bad-publication', name: 'w_E_202609.jwpub' },
      })
      const next = await reader.open(await publicationFile())
      expect(next.documents).toHaveLength(2)
      await next.close()
    })

    test('nobody waits for any more is not opened', async () => {
      const reader = newReader()
      const controller = new AbortController()
      const opening = reader.open(await publicationFile(), { signal: controller.signal })
      controller.abort()
      await expect(opening).rejects.toBe(controller.signal.reason)
      await expect(
        reader.open(await publicationFile(), { signal: controller.signal }),
      ).rejects.toBe(controller.signal.reason)
    })
  })
}
