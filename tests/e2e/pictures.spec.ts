import { readFile } from 'node:fs/promises'
import { expect, test } from 'playwright/test'
import { film, openHall, soon } from './hall.ts'
import { connect, openPerson, update } from './people.ts'

const icon = new URL('../../public/icons/icon-192.png', import.meta.url)

test('on the very first visit pictures appear as soon as there is somebody to serve them', async () => {
  const hall = await openHall()
  const brother = await openPerson('desktop', hall.server.url)
  const { page, context } = brother
  await hall.put(`Media/${soon}/talk.mp4`, film(1500))
  await hall.put('Media/Recurring/welcome.png', await readFile(icon))
  // The device is slow: all media is here before the service worker is.
  await context.addInitScript(() => {
    const { serviceWorker } = navigator
    const register = serviceWorker.register.bind(serviceWorker)
    const isTime = new Promise((resolve) => {
      addEventListener('serve', resolve)
    })
    serviceWorker.register = async (...args) => {
      await isTime
      return register(...args)
    }
  })
  await connect(brother, hall.server)
  const refused = page.waitForResponse(
    (response) => response.url().includes('/media/') && response.status() === 404,
  )
  await update(brother)
  await refused
  const tile = page.locator('[data-day="recurring"]')
  await expect(tile.locator('img')).toHaveCount(0)

  await page.evaluate(() => dispatchEvent(new Event('serve')))
  const widths = () =>
    tile
      .locator('img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth))
  // A service worker that is new stores the whole app first.
  await expect.poll(widths, { timeout: 60_000 }).toEqual([192])
  expect(brother.complaints).toEqual([])
  await brother.leave()
  await hall.close()
})
