import { expect, test, type Locator, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { openPerson, row, type Person } from './people.ts'

let server: Embedded
let person: Person

test.beforeAll(async () => {
  server = await startEmbedded({ sample: true })
  person = await openPerson('tablet', server.url)
})

test.afterAll(async () => {
  await person.leave()
  await server.close()
})

const mostSteps = 200

/** Goes on with the Tab key until the element has the focus; each stop on the way must be seen to have it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let steps = 0; steps < mostSteps; steps += 1) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(unseenFocus)).toBeUndefined()
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`the Tab key does not lead to ${target.toString()}`)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** The element that has the focus without showing it: no outline, out of sight, or under something else. */
function unseenFocus(): string | undefined {
  const element = document.activeElement
  // Past the last stop the browser itself has the focus.
  if (!element || element === document.body) return undefined
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const { x, y, width, height } = element.getBoundingClientRect()
  const top = document.elementFromPoint(x + width / 2, y + height / 2)
  const isOnTop = top !== null && (element.contains(top) || top.contains(element))
  const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  if (hasOutline && isOnTop) return undefined
  const what = hasOutline ? `under ${top?.outerHTML.slice(0, 80)}` : 'without outline'
  return `${element.textContent.trim()} at ${Math.round(x)}, ${Math.round(y)}: ${what}`
}

test('the whole way, from the welcome to taking back a deletion, goes by keyboard alone', async () => {
  const { page } = person
  await page.goto(server.url)
  await press(page, page.getByRole('button', { name: 'Open the sample congregation' }))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()

  await press(page, page.getByRole('button', { name: 'Update media folders' }))
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-failed', '0')

  await press(page, page.locator('[data-day]:has-text("Midweek meeting")').last())
  await expect(page.getByRole('button', { name: 'Add media' })).toBeVisible()
  const song = row(page, '01-01-01 - Song 44 - A Sample Song.mp4')
  await press(page, song.getByRole('button', { name: 'Hide' }))
  await expect(song).toHaveAttribute('data-hidden')

  await press(page, page.locator('summary', { hasText: 'Hidden' }))
  await press(page, song.getByRole('button', { name: 'Show' }))
  await expect(song).not.toHaveAttribute('data-hidden')

  await press(page, song.getByRole('button', { name: 'Preview' }))
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(song.getByRole('button', { name: 'Preview' })).toBeFocused()

  const own = page.locator('[data-origin="additional"]').first()
  await press(page, own.getByRole('button', { name: 'Rename' }))
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('seen by keyboard')
  await page.keyboard.press('Enter')
  const renamed = page.locator('[data-item^="seen by keyboard."]')
  await expect(renamed).toBeVisible()

  await press(page, renamed.getByRole('button', { name: 'Delete' }))
  await expect(renamed).toHaveCount(0)
  await press(page, page.getByRole('button', { name: 'Undo' }))
  await expect(renamed).toBeVisible()
  expect(person.complaints).toEqual([])
})
