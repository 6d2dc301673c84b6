import type { Converters } from '../../sync/convert/ports.ts'
import { drawing } from './drawing.ts'
import { heic, warmHeic } from './heic.ts'
import { scaled } from './scaled.ts'
import type { TrustScript } from './start-worker.ts'
import { upright } from './upright.ts'

/** What this browser converts with; the heavy libraries come when they are first needed. */
export function pageConverters({ trust }: { readonly trust: TrustScript }): Converters {
  return {
    incoming: [heic(trust), drawing, upright],
    scaled,
    warm,
    pages: {
      openPages: async (file, options) => (await import('./pdf.ts')).openPdf(file, trust, options),
    },
    prober: {
      probe: async (blob, options) => (await import('./probe.ts')).probe(blob, options),
    },
  }
}

async function warm(): Promise<void> {
  const warmPdf = async () => (await import('./pdf.ts')).warmPdf()
  // What cannot be had now comes another time.
  await Promise.allSettled([warmHeic(), warmPdf(), import('./probe.ts')])
}
