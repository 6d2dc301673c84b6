import { expect, type Page } from 'playwright/test'

type MadeInvitation = { readonly link: string; readonly words: string }

/** Opens the part of the settings where the VO invites others. */
export async function beginInviting(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/sync`)
  await page.getByRole('button', { name: 'Invite another device' }).click()
}

export async function makeInvitation(page: Page): Promise<MadeInvitation> {
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  await expect(page.getByRole('heading', { name: 'The invitation is ready' })).toBeFocused()
  const words = await page
    .getByRole('list', { name: 'The secret words' })
    .getByRole('listitem')
    .all()
  const texts = await Promise.all(words.map((word) => word.innerText()))
  return {
    link: await page.getByLabel('Link', { exact: true }).inputValue(),
    words: texts.join(' '),
  }
}

/** Answers an invitation whose link is open. */
export async function joinWith(page: Page, words: string): Promise<void> {
  await page.getByLabel('The secret words').fill(words)
  await page.getByRole('button', { name: 'Join' }).click()
}
