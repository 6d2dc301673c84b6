// The page that reads a publication as the app does, and tells how long that took and how long it was blocked itself.
import { pagePublicationReader } from '../../../src/adapters/jwpub/page-reader.ts'

declare global {
  interface Window {
    readPublication: (name: string) => Promise<Reading>
  }
}

type Reading = { ms: number; blockedMs: number; pictures: number }

const policy = window.trustedTypes?.createPolicy('lectern', { createScriptURL: (url) => url })
const reader = pagePublicationReader({ trust: (url) => policy?.createScriptURL(url) ?? url })

async function fileCalled(name: string): Promise<Blob> {
  return (await fetch(`/${name}.jwpub`)).blob()
}

const files = new Map([
  ['tiny', await fileCalled('tiny')],
  ['large', await fileCalled('large')],
])

async function read(file: Blob): Promise<number> {
  const publication = await reader.open(file)
  const document = await publication.document(1)
  const paths = document?.media.map(({ path }) => path) ?? []
  const pictures = await Promise.all(paths.map((path) => publication.picture(path)))
  await publication.close()
  return pictures.filter((picture) => picture !== undefined).length
}

window.readPublication = async (name) => {
  let blockedMs = 0
  // Browsers tell of what blocks for more than 50 ms.
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blockedMs = Math.max(blockedMs, duration)
  })
  observer.observe({ type: 'longtask' })
  const startedAt = performance.now()
  const pictures = await read(files.get(name) ?? new Blob())
  const ms = performance.now() - startedAt
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return { ms, blockedMs, pictures }
}
document.title = 'ready'
