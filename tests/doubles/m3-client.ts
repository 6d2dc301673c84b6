// Meeting Media Manager as it behaves on the wire: what it asks for, what it writes and deletes, and what it would show.
// It knows nothing of Lectern, and shares no code with it.

/** The display languages this double speaks. */
export type M3Language = 'en' | 'de' | 'ru'

type M3Format = 'YYYY-MM-DD' | 'YYYY-MM-DD - dddd' | 'DD-MM-YYYY' | 'DD-MM-YYYY - dddd'

type Words = { readonly days: string; readonly song: string; readonly paragraph: string }

const wordsIn: Readonly<Record<M3Language, Words>> = {
  en: {
    days: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
    song: 'Song',
    paragraph: 'Paragraph',
  },
  de: {
    days: 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag',
    song: 'Lied',
    paragraph: 'Absatz',
  },
  ru: {
    days: 'воскресенье понедельник вторник среда четверг пятница суббота',
    song: 'Песня',
    paragraph: 'Абзац',
  },
}

/** What the client may be told; `folder` is the sync folder's address with '/' at its end, `today` an ISO day. */
export type M3Options = {
  readonly folder: string
  readonly user: string
  readonly password: string
  readonly today: string
  readonly language?: M3Language
  readonly format?: M3Format
}

type Found = { readonly path: string; readonly isFolder: boolean; readonly size: number }

/** M³'s name for the folder of an ISO day. */
function m3FolderName(day: string, format: M3Format, language: M3Language): string {
  const [year, month, date] = day.split('-')
  const weekday = wordsIn[language].days.split(' ')[new Date(`${day}T00:00:00Z`).getUTCDay()]
  const numbers = format.startsWith('Y') ? day : `${date}-${month}-${year}`
  return format.endsWith('dddd') ? `${numbers} - ${weekday}` : numbers
}

// Not anchored, and days that no calendar has roll over, as its date library does it.
function looksLikePast(name: string, format: M3Format, today: string): boolean {
  const isYearFirst = format.startsWith('Y')
  const found = (isYearFirst ? /(\d{4})-(\d\d?)-(\d\d?)/ : /(\d\d?)-(\d\d?)-(\d{4})/).exec(name)
  if (!found) return false
  const [a, month, b] = found.slice(1).map(Number) as [number, number, number]
  const [year, date] = isYearFirst ? [a, b] : [b, a]
  return Date.UTC(year, month - 1, date) < Date.parse(`${today}T00:00:00Z`)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function readXml(text: string, root: string): Found[] {
  const responses = text.match(/<(?:\w+:)?response\b[\s\S]*?<\/(?:\w+:)?response>/gi) ?? []
  return responses.flatMap((response) => {
    const href = /<(?:\w+:)?href[^>]*>([^<]*)</i.exec(response)?.[1] ?? ''
    const plain = href.trim().replaceAll('&amp;', '&').replaceAll('&#39;', "'")
    const whole = decodeURIComponent(new URL(plain, root).pathname)
    const path = whole.slice(decodeURIComponent(new URL(root).pathname).length).replace(/\/$/, '')
    const size = Number(/<(?:\w+:)?getcontentlength[^>]*>(\d+)</i.exec(response)?.[1] ?? 0)
    return path ? [{ path, isFolder: /<(?:\w+:)?collection\b/i.test(response), size }] : []
  })
}

/** One M³ on one computer. Nothing is asked of the server before `connect`, and its listing is as old as that. */
export function m3Client(options: M3Options) {
  const { folder: root, today } = options
  const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`
  let { language = 'en', format = 'YYYY-MM-DD' } = options
  let listing: readonly Found[] = []

  function addressOf(path: string): string {
    return root + path.split('/').map(encodeURIComponent).join('/')
  }

  async function ask(
    method: string,
    url: string,
    more: { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
  ) {
    const headers = { authorization, ...more.headers }
    const response = await fetch(url, { ...more, method, headers })
    return { status: response.status, text: await response.text() }
  }

  async function demand(allowed: readonly number[], ...asked: Parameters<typeof ask>) {
    const answer = await ask(...asked)
    if (answer.status < 300 || allowed.includes(answer.status)) return answer
    throw new Error(`${asked[0]} ${asked[1]} was answered with ${answer.status}`)
  }

  async function listOnce(path: string, depth: string) {
    const url = path ? `${addressOf(path)}/` : root
    return ask('PROPFIND', url, { headers: { depth } })
  }

  // All at once; where that is refused, three levels one by one, as it does for the hosts it knows to refuse.
  async function list(): Promise<Found[]> {
    const deep = await listOnce('', 'infinity')
    if (deep.status === 207) return readXml(deep.text, root)
    const found: Found[] = []
    let level = ['']
    for (let depth = 0; depth < 3; depth += 1) {
      const answers = await Promise.all(level.map((path) => listOnce(path, '1')))
      const lists = answers.map(({ text }, index) =>
        readXml(text, root).filter(({ path }) => path !== level[index]),
      )
      found.push(...lists.flat())
      level = lists.flat().flatMap(({ path, isFolder }) => (isFolder ? [path] : []))
    }
    return found
  }

  async function purge(): Promise<void> {
    const old = listing.filter(
      ({ path, isFolder }) => isFolder && looksLikePast(nameOf(path), format, today),
    )
    for (const { path } of old) await demand([404], 'DELETE', `${addressOf(path)}/`)
    const isGone = (path: string) => old.some((gone) => `${path}/`.startsWith(`${gone.path}/`))
    listing = listing.filter(({ path }) => !isGone(path))
  }

  async function readForced(): Promise<void> {
    if (!listing.some(({ path }) => path === 'forcedPrefs.json')) return
    const { text } = await demand([], 'GET', addressOf('forcedPrefs.json'))
    const forced = JSON.parse(text) as { app?: { outputFolderDateFormat?: M3Format } }
    format = forced.app?.outputFolderDateFormat ?? format
  }

  async function makeFolder(path: string): Promise<void> {
    // What is there already is told in two ways.
    await demand([405, 409], 'MKCOL', `${addressOf(path)}/`)
  }

  function folderOf(top: 'Media' | 'Hidden', place: string): string {
    return `${top}/${place === 'Recurring' ? place : m3FolderName(place, format, language)}`
  }

  async function put(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> {
    await makeFolder(parentOf(parentOf(path)))
    await makeFolder(parentOf(path))
    await demand([], 'PUT', addressOf(path), { body })
  }

  function inFolder(folder: string): Found[] {
    return listing.filter(({ path, isFolder }) => !isFolder && parentOf(path) === folder)
  }

  async function moveTo(path: string, name: string): Promise<boolean> {
    const headers = { destination: addressOf(`${parentOf(path)}/${name}`) }
    return (await ask('MOVE', addressOf(path), { headers })).status < 300
  }

  // Deepest first: a folder that was moved takes its files along. Folders are named without '/' at their end.
  async function renameAll(next: M3Language): Promise<boolean> {
    let isDone = true
    const [before, after] = [wordsIn[language], wordsIn[next]]
    const inOrder = [...listing].sort((a, b) => b.path.length - a.path.length)
    for (const { path, isFolder } of inOrder) {
      const [top] = path.split('/')
      if (top !== 'Media' && top !== 'Hidden') continue
      const name = nameOf(path)
      const changed = isFolder
        ? before.days
            .split(' ')
            .reduce((text, day, index) => renamedDay(text, day, after.days.split(' ')[index]), name)
        : name
            .replace(` - ${before.song} `, ` - ${after.song} `)
            .replace(` - ${before.paragraph} `, ` - ${after.paragraph} `)
      if (changed !== name) isDone = (await moveTo(path, changed)) && isDone
    }
    return isDone
  }

  return {
    /** Logs in: reads the whole folder and the forced settings, and deletes what it takes for past days. */
    async connect(): Promise<void> {
      listing = await list()
      await readForced()
      await purge()
    },

    /** Uploads in place, as one PUT; `place` is an ISO day or `Recurring`. */
    upload: (place: string, name: string, body: string | Uint8Array<ArrayBuffer>) =>
      put(`${folderOf('Media', place)}/${name}`, body),

    /** Hides what has that name on the day; older versions wrote the word `hide`, later ones nothing. */
    hide: (day: string, name: string, body: '' | 'hide' = '') =>
      put(`${folderOf('Hidden', day)}/${name}`, body),

    async show(day: string, name: string): Promise<void> {
      await demand([404], 'DELETE', addressOf(`${folderOf('Hidden', day)}/${name}`))
    },

    async remove(place: string, name: string): Promise<void> {
      await demand([404], 'DELETE', addressOf(`${folderOf('Media', place)}/${name}`))
    },

    /** False where the server refused. A name that its own listing shows as taken is passed over in silence. */
    async rename(place: string, name: string, to: string): Promise<boolean> {
      const folder = folderOf('Media', place)
      if (inFolder(folder).some(({ path }) => nameOf(path) === to)) return false
      return moveTo(`${folder}/${name}`, to)
    },

    /** Changes the display language, and with it the names in the sync folder for everybody, as far as the server does it. */
    async speak(next: M3Language): Promise<boolean> {
      listing = await list()
      const isDone = await renameAll(next)
      language = next
      listing = await list()
      return isDone
    },

    async force(prefs: unknown): Promise<void> {
      await demand([], 'PUT', addressOf('forcedPrefs.json'), {
        body: JSON.stringify(prefs, null, 2),
      })
    },

    /** What it would show for a day by its listing, in order; `published` are the names of JW.org's items. */
    shown(day: string, published: readonly string[] = []): string[] {
      const hidden = inFolder(folderOf('Hidden', day)).map(({ path }) => nameOf(path))
      const present = (folder: string) =>
        inFolder(folder).flatMap(({ path, size }) => (size > 0 ? [nameOf(path)] : []))
      const names = new Set([
        ...published,
        ...present(folderOf('Media', day)),
        ...present('Media/Recurring'),
      ])
      return [...names].filter((name) => !hidden.includes(name)).sort()
    },

    /** The paths of all that its listing holds below the sync folder. */
    paths: () => listing.map(({ path }) => path).sort(),
  }
}

function renamedDay(name: string, from: string, to = from): string {
  return name.endsWith(` - ${from}`) ? name.slice(0, -from.length) + to : name
}

export type M3Client = ReturnType<typeof m3Client>
