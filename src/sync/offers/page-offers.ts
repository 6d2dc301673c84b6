// Adding pages of a document, each as a picture.
import { pageName } from '../../domain/converting.ts'
import type { ConvertOptions, OpenPages, PageReader } from '../convert/ports.ts'
import type { Clock } from '../ports.ts'
import { leaseOf, type Lease } from './lease.ts'
import type { Offer } from './offer.ts'

/** A document that pages may be chosen from. It is closed by itself when nobody asks it for a while. */
export type PageOffers = {
  readonly count: number
  /** A small picture of a page, counted from 1. */
  thumbnail(page: number, options?: ConvertOptions): Promise<Blob>
  /** Pages as they are added; each is painted when its bytes are asked for. */
  offers(pages: readonly number[]): readonly Offer[]
}

type Given = { readonly file: File; readonly signal?: AbortSignal | undefined }

/** Opens a document; rejects with 'not-converted' where it is none, or is locked. */
export async function openPagesFile(
  { reader, clock }: { readonly reader: PageReader; readonly clock: Pick<Clock, 'wait'> },
  { file, signal }: Given,
): Promise<PageOffers> {
  const opened = await reader.openPages(file, { signal })
  const lease: Lease<OpenPages> = leaseOf({ open: () => reader.openPages(file), clock }, opened)
  const { count } = opened

  // Whoever scrolls on has had enough of a page, not of the document: what has failed is closed, what was given up is not.
  async function use(task: (pages: OpenPages) => Promise<Blob>, signal: AbortSignal | undefined) {
    const done = await lease.use((pages) =>
      task(pages).catch((error: unknown) => {
        if (!signal?.aborted) throw error
      }),
    )
    signal?.throwIfAborted()
    if (!done) throw new Error('a page without a picture')
    return done
  }

  const offerOf = (page: number): Offer => ({
    name: pageName(file.name, { page, count }),
    async bytes({ signal, onReceived } = {}) {
      const picture = await use((pages) => pages.picture(page, { signal }), signal)
      onReceived?.(picture.size)
      return picture
    },
  })
  return {
    count,
    thumbnail: (page, options) => use((pages) => pages.thumbnail(page, options), options?.signal),
    offers: (pages) => pages.map(offerOf),
  }
}
