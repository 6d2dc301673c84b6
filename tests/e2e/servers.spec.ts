import { expect, test, type Page } from 'playwright/test'
import { dayOf, type Day } from '../../src/domain/day.ts'
import { meetingsOf, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import { basic } from '../fixtures/embedded.ts'
import { canStart, serverNames } from '../fixtures/servers/all.ts'
import type { ServerName } from '../fixtures/servers/names.ts'
import { md5, timesOf, treeOf } from './disk.ts'
import { film as bytes, mebibyte } from './hall.ts'
import {
  addMedia,
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { programmeOf, type Tree } from './programme.ts'
import { openStand, type Stand, type Way } from './stand.ts'

const ways: readonly Way[] = ['beside the app', 'at another address']
const forced = { meeting: { mwDay: 2, weDay: 5 }, media: { lang: 'E' } }
const today = dayOf(new Date())
const meetings = weeksOf(windowOf(today, 2))
  .flatMap((week) => meetingsOf(week, { midweek: 2, weekend: 5 }))
  .filter(({ day }) => day >= today)
/** The first midweek meeting that is still to come. */
const midweek: Day =
  meetings.find(({ kind, day }) => kind === 'midweek' && day > today)?.day ?? today

const picture = { name: 'Besuch & Grüße.jpg', body: bytes(20_000) }
const film = { name: 'Jaunā filma – часть 2.mp4', body: bytes(2 * mebibyte) }
/** Another tool's file; the hall's players would stumble over two signs of its name. */
const fromElsewhere = { name: 'from the office #1 (50%).jpg', body: bytes(10_000) }
const inHall = { ...fromElsewhere, name: 'from the office 1 (50).jpg' }
const hiddenSong = '01-01-01 - Song 44 - A Sample Song.mp4'

function added(...files: readonly { name: string; body: Buffer }[]): Tree {
  return Object.fromEntries(files.map(({ name, body }) => [`${midweek}/${name}`, md5(body)]))
}

/** Somebody with an account of that kind, connected. */
async function openConnected(stand: Stand, who: 'vo' | 'reader'): Promise<Person> {
  const person = await openPerson(who === 'vo' ? 'tablet' : 'desktop', stand.app, [stand.url])
  await connect(person, { ...stand, ...stand.dav[who] })
  return person
}

/** The VO adds a picture and a film to the midweek meeting and hides a song. */
async function prepare(page: Page): Promise<void> {
  await page.locator(`[data-day="${midweek}"]`).tap()
  await addMedia(page, [picture, film])
  await row(page, hiddenSong).getByRole('button', { name: 'Hide' }).tap()
  await expect(row(page, hiddenSong)).toHaveAttribute('data-hidden')
  await everythingSent(page)
}

/** One click in the hall, after which its media folder is exactly this. */
async function expectInHall(hall: Person, tree: Tree, receipt: object): Promise<void> {
  expect(await update(hall)).toMatchObject({ ...receipt, failed: '0' })
  expect(await treeOf(hall.folder)).toEqual(tree)
  await expect(hall.page.getByText('exactly the congregation’s list').first()).toBeVisible()
}

/** A click where nothing is new: no media, no write, and few questions (docs/design.md, the bars). */
async function expectNothingMoves(hall: Person, stand: Stand): Promise<void> {
  const times = await timesOf(hall.folder)
  stand.forget()
  expect(await update(hall)).toMatchObject({ new: '0', replaced: '0', removed: '0', failed: '0' })
  expect(await timesOf(hall.folder)).toEqual(times)
  const asked = stand.asked()
  expect(stand.fetchedOfProgramme()).toEqual([])
  expect(asked.filter((request) => !isListingOrDocument(request))).toEqual([])
  expect(asked).not.toEqual([])
  // The day has a folder in `Media` and one in `Hidden`.
  expect(asked.length).toBeLessThanOrEqual(5 + 2)
}

function isListingOrDocument({ method, path }: ReturnType<Stand['asked']>[number]): boolean {
  const isDocument = path.startsWith('/dav/_sync/') || path === '/dav/forcedPrefs.json'
  return method === 'PROPFIND' || (method === 'GET' && isDocument)
}

/** As any other tool does: straight into its place. */
async function putInPlace({ dav }: Stand): Promise<void> {
  const path = ['Media', midweek, fromElsewhere.name].map(encodeURIComponent).join('/')
  const answer = await fetch(`${dav.url}${dav.folder}${path}`, {
    method: 'PUT',
    headers: { authorization: basic(dav.vo) },
    body: new Uint8Array(fromElsewhere.body),
  })
  expect(answer.ok).toBe(true)
}

async function expectNothingToChange({ page }: Person, app: string): Promise<void> {
  await page.goto(`${app}/day/${midweek}`)
  await expect(row(page, picture.name)).toBeVisible()
  await expect(page.getByText('This account can look, not change.')).toBeVisible()
  for (const name of ['Add media', 'Hide', 'Show', 'Rename', 'Delete'])
    await expect(page.getByRole('button', { name })).toHaveCount(0)
}

/** The story, one after the other, on a server of some make. */
function tellStory(name: ServerName, way: Way): void {
  let stand: Stand
  let vo: Person
  let hall: Person
  let fromJworg: Tree

  test.beforeAll(async () => {
    stand = await openStand(name, way)
    await stand.dav.put('forcedPrefs.json', JSON.stringify(forced))
    fromJworg = await programmeOf(meetings, [`${midweek}/${hiddenSong}`])
    ;[vo, hall] = await Promise.all([openConnected(stand, 'vo'), openConnected(stand, 'reader')])
  })

  test.afterAll(async () => {
    await Promise.all([vo.leave(), hall.leave()])
    await stand.close()
  })

  test('what the VO prepares is in the hall after one click, byte by byte', async () => {
    await chooseFolder(hall)
    await prepare(vo.page)
    await expectInHall(hall, { ...fromJworg, ...added(picture, film) }, { removed: '0' })
  })

  test('another click moves nothing and asks little', () => expectNothingMoves(hall, stand))

  test('what another tool puts there arrives', async () => {
    await putInPlace(stand)
    const tree = { ...fromJworg, ...added(picture, film, inHall) }
    await expectInHall(hall, tree, { new: '1', removed: '0' })
  })

  test('what the VO deletes leaves the hall', async () => {
    await row(vo.page, film.name).getByRole('button', { name: 'Delete' }).tap()
    await expect(row(vo.page, film.name)).toHaveCount(0)
    await everythingSent(vo.page)
    const tree = { ...fromJworg, ...added(picture, inHall) }
    await expectInHall(hall, tree, { new: '0', removed: '1' })
  })

  test('the account of the hall has no buttons to change anything', () =>
    expectNothingToChange(hall, stand.app))

  test('nobody spoke to a stranger, and nothing broke a rule', () => {
    for (const { strangers, complaints } of [vo, hall])
      expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] })
  })
}

// The stories have nothing in common and go on side by side.
test.describe.configure({ mode: 'parallel' })

for (const name of serverNames) {
  for (const way of ways) {
    test.describe(`the sync folder on ${name}, ${way}`, () => {
      test.describe.configure({ mode: 'serial' })
      // Whoever cannot install a server is not kept from the other tests; in CI `npm test` fails where one is missing.
      test.skip(!canStart(name), `this machine has no ${name}`)
      tellStory(name, way)
    })
  }
}
