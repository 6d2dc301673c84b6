import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { film, soon } from './hall.ts'
import { addMedia, connect, everythingSent, openPerson, type Person } from './people.ts'

let server: Embedded
let dataDir: string
let vo: Person

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-another-'))
  await mkdir(join(dataDir, 'dav', 'other'), { recursive: true })
  server = await startEmbedded({ dataDir })
  vo = await openPerson('desktop', server.url)
})

test.afterAll(async () => {
  await vo.leave()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('switched off and on again, a congregation does not end up in the folder of another', async () => {
  const { page } = vo
  await connect(vo, server)
  await page.goto(`${server.url}/day/${soon}`)
  await addMedia(page, [{ name: 'ours.jpg', body: film(1_000) }])
  await everythingSent(page)

  await page.goto(`${server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Switch congregation sync off' }).click()
  await page.getByRole('dialog').getByRole('button').last().click()
  await expect(page.getByRole('button', { name: 'Switch congregation sync off' })).toHaveCount(0)
  await page.getByLabel('Web address').fill(server.url.replace(/:\d+$/, ''))
  await page.getByLabel('Port').fill(new URL(server.url).port)
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByLabel('Congregation sync folder').fill('/dav/other/')
  await page.getByRole('button', { name: 'Save' }).click()

  await expect(page.getByText('This congregation is set up with another sync folder')).toBeVisible()
  expect(await readdir(join(dataDir, 'dav', 'other'))).toEqual([])
})
