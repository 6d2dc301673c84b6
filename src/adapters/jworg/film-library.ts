import { Failed } from '../../domain/failure.ts'
import type { FilmLibrary, LibraryFilm, LibraryName } from '../../sync/ports.ts'
import { readCategory, readItem, type CategoryPage } from './library-answer.ts'
import { get, isNothing, jsonIn, refusal, type Send } from './requests.ts'

const withinMs = 30_000

// No category is so long: an answer that goes on for ever must not be asked on for ever.
const mostPages = 50

type Options = { readonly signal?: AbortSignal | undefined }

/** JW.org's film library beside the media service whose address is given, absolute. */
export function filmLibrary(service: string, send?: Send): FilmLibrary {
  const base = new URL('../mediator/v1/', service).href

  async function ask<T>(
    path: string,
    { key }: LibraryName,
    { signal, read }: Options & { readonly read: (answer: unknown) => T | undefined },
  ): Promise<T | undefined> {
    const url = new URL(path, base).href
    return get(url, { send, signal, withinMs }, async (response) => {
      if (!response.ok && !isNothing(response)) throw refusal(response, key)
      const answer = await jsonIn(response)
      // "There is none" is said in the service's own form; a page with that status is somebody else's.
      if (answer !== undefined && (isNothing(response) || Array.isArray(answer))) return undefined
      const found = answer === undefined ? undefined : read(answer)
      if (!found) throw new Failed({ kind: 'bad-answer', path: key })
      return found
    })
  }

  function askCategory(of: LibraryName, query: object, options: Options) {
    const asked = new URLSearchParams({ detailed: '1', clientType: 'www', ...query })
    const read = (answer: unknown) => readCategory(answer, base)
    return ask<CategoryPage>(`${pathOf('categories', of)}?${asked}`, of, { ...options, read })
  }

  return {
    async parts(of, options = {}) {
      // Without the films of the parts, which may be thousands.
      const page = await askCategory(of, { mediaLimit: 0 }, options)
      return page?.parts ?? []
    },
    async films(of, options = {}) {
      const films: LibraryFilm[] = []
      let offset = 0
      for (let pages = 0; pages < mostPages; pages += 1) {
        const page = await askCategory(of, offset === 0 ? {} : { offset }, options)
        films.push(...(page?.films ?? []))
        offset += page?.told ?? 0
        if (!page || page.told === 0 || offset >= page.total) break
      }
      return films
    },
    async film(of, options = {}) {
      const read = (answer: unknown) => readItem(answer, base)
      const path = `${pathOf('media-items', of)}?clientType=www`
      return (await ask(path, of, { ...options, read })) ?? []
    },
  }
}

function pathOf(kind: string, { language, key }: LibraryName): string {
  return `${kind}/${encodeURIComponent(language)}/${encodeURIComponent(key)}`
}
