import { Failed, type Failure } from '../../src/domain/failure.ts'
import type { ConvertOptions, Converter, ConverterLabel } from '../../src/sync/convert/ports.ts'
import type { PreparePorts } from '../../src/sync/export/outputs.ts'

/** Converters that write what they would do, and the troubles a test may order. */
export type ConvertersDouble = Required<Pick<PreparePorts, 'converters' | 'outgoing'>> & {
  /** What was made so far, in order. */
  readonly made: string[]
  /** Whatever has this in its text cannot be made. */
  refuse(text: string, failure?: Failure): void
  /** Called before something is made. */
  before?: (text: string) => void
}

const broken: Failure = { kind: 'not-converted', name: '', why: 'broken' }

/** A document's pages are parted by '|'; its text begins with '%PDF '. */
export function convertersDouble(): ConvertersDouble {
  const refused = new Map<string, Failure>()
  const made: string[] = []

  async function make(what: string, { signal, onStep }: ConvertOptions = {}): Promise<Blob> {
    double.before?.(what)
    await Promise.resolve()
    signal?.throwIfAborted()
    const trouble = [...refused].find(([text]) => what.includes(text))
    if (trouble) throw new Failed(trouble[1])
    onStep?.(0.5)
    made.push(what)
    return new Blob([what])
  }

  function converter(label: ConverterLabel, type: string, extension: string): Converter {
    return {
      label,
      extension,
      accepts: (one) => one.startsWith(type),
      convert: async (blob, options) => make(`${label} of ${await blob.text()}`, options),
    }
  }

  const double: ConvertersDouble = {
    made,
    refuse: (text, failure = broken) => void refused.set(text, failure),
    outgoing: () =>
      Promise.resolve([converter('still', 'image/', 'mp4'), converter('sound', 'audio/', 'mp4')]),
    converters: () =>
      Promise.resolve({
        incoming: [
          converter('drawing', 'image/svg', 'png'),
          converter('heic', 'image/heic', 'jpg'),
        ],
        pages: {
          async openPages(file, options) {
            const pages = (await file.text()).replace('%PDF ', '').split('|')
            const picture = (page: number, asked?: ConvertOptions) =>
              make(`page ${pages[page - 1] ?? 'that is not there'}`, { ...options, ...asked })
            return {
              count: pages.length,
              picture,
              thumbnail: picture,
              close: () => Promise.resolve(),
            }
          },
        },
      }),
  }
  return double
}
