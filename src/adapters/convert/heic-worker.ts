// Wires the worker in which HEIC becomes JPEG: it takes a second, and the page would stand still.
import { isHuge } from '../../domain/picture-size.ts'
import { canvasOf, encoded } from './canvas.ts'
import type { FromHeic } from './heic-messages.ts'
import { openHeif } from './heif.ts'

async function converted(file: Blob): Promise<FromHeic> {
  const image = await openHeif(new Uint8Array(await file.arrayBuffer()))
  if (isHuge(image)) return { heic: 'failed', why: 'too-large' }
  say({ heic: 'step', share: 0.2 })
  const pixels = await image.pixels()
  say({ heic: 'step', share: 0.8 })
  const painted = canvasOf(file, image)
  painted.context.putImageData(new ImageData(pixels, image.width, image.height), 0, 0)
  return { heic: 'made', picture: await encoded(painted, 'image/jpeg') }
}

function say(message: FromHeic): void {
  postMessage(message)
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!(data instanceof Blob)) return
  // Whatever the library throws, there is no picture in the file.
  void converted(data).then(say, () => {
    say({ heic: 'failed', why: 'broken' })
  })
})
