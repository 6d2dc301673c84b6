import { useEventListener } from '@vueuse/core'
import { shallowRef, watch } from 'vue'
import { formatClock } from '../../i18n/format.ts'
import type { ItemView } from './useCongregation.ts'

type Told = Promise<string | undefined>

// What was read of a file holds as long as it is this file: its address names its bytes.
const known = new Map<string, Told>()
const mostKnown = 500

/** How long a film or sound is, or how many pixels a picture has, as a text; undefined where it is not known yet. */
export function useMediaFacts(view: () => ItemView) {
  const facts = shallowRef<string>()

  async function look(url: string | undefined): Promise<void> {
    facts.value = undefined
    const told = url === undefined ? undefined : await factsOf(url, view().kind)
    if (view().url === url) facts.value = told
  }

  watch(() => view().url, look, { immediate: true })
  // On the very first visit it may be asked for before the service worker that serves it controls the page.
  const { serviceWorker } = navigator as Partial<Navigator>
  useEventListener(serviceWorker, 'controllerchange', () => void look(view().url))
  return facts
}

async function factsOf(url: string, kind: ItemView['kind']): Told {
  const telling = known.get(url) ?? read(url, kind)
  if (known.size >= mostKnown) known.clear()
  known.set(url, telling)
  const told = await telling
  if (told === undefined) known.delete(url)
  return told
}

async function read(url: string, kind: ItemView['kind']): Told {
  if (kind === 'picture') return pixelsOf(url)
  return kind === 'video' || kind === 'audio' ? lengthOf(url, kind) : undefined
}

async function pixelsOf(url: string): Told {
  const image = new Image()
  const isLoaded = await settled(image, 'load', () => (image.src = url))
  return isLoaded && image.naturalWidth > 0
    ? `${image.naturalWidth} × ${image.naturalHeight}`
    : undefined
}

async function lengthOf(url: string, kind: 'video' | 'audio'): Told {
  const media = document.createElement(kind)
  media.preload = 'metadata'
  const isLoaded = await settled(media, 'loadedmetadata', () => (media.src = url))
  const { duration } = media
  media.removeAttribute('src')
  media.load()
  return isLoaded && Number.isFinite(duration) ? formatClock(duration) : undefined
}

function settled(element: HTMLElement, good: string, begin: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    element.addEventListener(good, () => {
      resolve(true)
    })
    element.addEventListener('error', () => {
      resolve(false)
    })
    begin()
  })
}
