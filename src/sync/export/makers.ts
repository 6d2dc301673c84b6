import { Failed } from '../../domain/failure.ts'
import type { Recipe } from '../../domain/renditions.ts'
import { bring } from '../bring.ts'
import type { ConvertOptions, Converter, PageReader } from '../convert/ports.ts'
import type { MadeFile } from './made.ts'
import type { PreparePorts } from './outputs.ts'

/** What is to be made: `known` are the parts that are here, `keep` keeps one of so many that was made just now. */
type MakeOptions = ConvertOptions & {
  readonly known: readonly (MadeFile | undefined)[]
  readonly keep: (part: number, parts: number, body: Blob) => Promise<MadeFile>
}

/** Makes the files of a recipe; `type` is the media type of what they are made of. */
export type Maker = (
  source: { readonly body: Blob; readonly type: string },
  options: MakeOptions,
) => Promise<readonly MadeFile[]>

export type MakerOf = (recipe: Recipe) => Maker | undefined

/** Who makes what; undefined for what this device does not make. Nothing is loaded before it is asked for. */
export function makersOf({ converters, outgoing }: PreparePorts): MakerOf {
  const films = outgoing && converting(outgoing)
  const pictures = converters && converting(async () => (await converters()).incoming)
  const pages = converters && paging(async () => (await converters()).pages)
  return (recipe) => {
    if (recipe === 'pages') return pages
    return recipe === 'still' || recipe === 'sound' ? films?.(recipe) : pictures?.(recipe)
  }
}

function converting(load: () => Promise<readonly Converter[]>): (recipe: Recipe) => Maker {
  return (recipe) =>
    async ({ body, type }, { keep, ...options }) => {
      const fits = (one: Converter) => one.label === recipe && one.accepts(type)
      const converter = (await bring(load)).find(fits)
      if (!converter) throw unmade('unsupported')
      return [await keep(1, 1, await converter.convert(body, options))]
    }
}

/** Whoever puts a whole book into the sync folder does not mean all its pages for the hall. */
const mostPages = 100

// What was made before a tab was closed need not be made again.
function paging(load: () => Promise<PageReader>): Maker {
  return async ({ body }, { known, keep, signal, onStep }) => {
    const pages = await bring(async () => (await load()).openPages(body, { signal }))
    const { count } = pages
    try {
      if (count > mostPages) throw unmade('too-large')
      const made: MadeFile[] = []
      for (let page = 1; page <= count; page += 1) {
        onStep?.((page - 1) / count)
        const part = known[page - 1]
        made.push(part ?? (await keep(page, count, await pages.picture(page, { signal }))))
      }
      return made
    } finally {
      await pages.close()
    }
  }
}

function unmade(why: 'unsupported' | 'too-large'): Failed {
  return new Failed({ kind: 'not-converted', name: '', why })
}
