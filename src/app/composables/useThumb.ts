import { onMounted, onScopeDispose, type Ref } from 'vue'

/** So big a thumbnail is in the sharpest row, in pixels. */
const width = 160

type Options = {
  readonly element: Readonly<Ref<HTMLElement | null>>
  readonly picture: () => (() => Promise<Blob | undefined>) | undefined
  readonly onThumb: (address: string) => void
}

/** Makes a small picture once its place comes into sight; where there is none, or it cannot be drawn, nothing happens. */
export function useThumb({ element, picture, onThumb }: Options): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      void make()
    },
    { rootMargin: '200px' },
  )
  onMounted(() => {
    if (element.value && picture()) observer.observe(element.value)
  })
  onScopeDispose(() => {
    observer.disconnect()
  })

  async function make(): Promise<void> {
    const address = await picture()?.().then(shrunk, () => undefined)
    if (address !== undefined) onThumb(address)
  }
}

// As its own text: who keeps it need not care how long the picture itself can be had.
async function shrunk(body: Blob | undefined): Promise<string | undefined> {
  if (!body) return undefined
  const bitmap = await bitmapOf(body)
  if (!bitmap) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas.toDataURL('image/jpeg', 0.8)
}

// What calls itself a picture need not be one, and not every browser draws all of them.
async function bitmapOf(body: Blob): Promise<ImageBitmap | undefined> {
  const options = { resizeWidth: width, resizeQuality: 'medium' } as const
  return createImageBitmap(body, options).catch(() => undefined)
}
