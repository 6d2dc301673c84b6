// The page that converts as the app does, and tells how long that took and how long it was blocked itself.
import { pageConverters } from '../../../src/adapters/convert/converters.ts'
import { films } from '../../../src/adapters/convert/films.ts'
import { pdfBytes } from '../../fixtures/documents.ts'

type Conversion = { ms: number; blockedMs: number; bytes: number }

declare global {
  interface Window {
    convert: (what: 'still' | 'sound' | 'page') => Promise<Conversion>
  }
}

const policy = window.trustedTypes?.createPolicy('lectern', { createScriptURL: (url) => url })
const { pages } = pageConverters({ trust: (url) => policy?.createScriptURL(url) ?? url })
const sound = await (await fetch('/sound.mp3')).blob()
const picture = await photo()
const page = new Blob([pdfBytes([{ width: 595, height: 842, fill: [1, 0.8, 0.8] }])])

/** A picture that is as hard to pack as a photo: many small shapes in all colours. */
async function photo(): Promise<Blob> {
  const canvas = new OffscreenCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  for (let at = 0; at < 20_000; at += 1) {
    context.fillStyle = `hsl(${(at * 47) % 360} 60% ${20 + (at % 60)}%)`
    context.fillRect((at * 7919) % 1920, (at * 104_729) % 1080, 5 + (at % 40), 5 + (at % 30))
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
}

async function firstPage(): Promise<Blob> {
  const opened = await pages.openPages(page)
  const made = await opened.picture(1)
  await opened.close()
  return made
}

async function film(label: 'still' | 'sound'): Promise<Blob> {
  const made = films
    .find((one) => one.label === label)
    ?.convert(label === 'still' ? picture : sound)
  if (!made) throw new Error(`nothing is called ${label}`)
  return made
}

window.convert = async (what) => {
  let blockedMs = 0
  // Browsers tell of what blocks for more than 50 ms.
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blockedMs = Math.max(blockedMs, duration)
  })
  observer.observe({ type: 'longtask' })
  const startedAt = performance.now()
  const { size } = what === 'page' ? await firstPage() : await film(what)
  const ms = performance.now() - startedAt
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return { ms, blockedMs, bytes: size }
}
document.title = 'ready'
