import { describe, expect, test } from 'vitest'
import { webdavRemote } from '../../../src/adapters/webdav/remote.ts'
import type { ForcedChange } from '../../../src/domain/forced.ts'
import { settingsOf } from '../../../src/sync/facts.ts'
import { changeForced } from '../../../src/sync/forced.ts'
import type { Clock } from '../../../src/sync/ports.ts'
import { openDevice } from '../../doubles/congregation.ts'
import type { Fault } from '../../doubles/faulty-server/faults.ts'
import { faultyServer } from '../../doubles/faulty-server/server.ts'
import type { Traits } from '../../doubles/faulty-server/traits.ts'

const today = '2026-11-21'
const noon = Date.parse(`${today}T12:00:00Z`)
const profile = 'congregation'
const file = 'forcedPrefs.json'

// One request takes as long as everybody's next one; so many go by while somebody waits.
const requestMs = 250
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

type Trouble = {
  readonly traits?: Partial<Traits>
  readonly faultAt?: NonNullable<Parameters<typeof faultyServer>[0]['faultAt']>
  readonly onRequest?: NonNullable<Parameters<typeof faultyServer>[0]['onRequest']>
}

/** Whose account it is, and how many turns of the others one request takes. */
type Line = { readonly user?: 'vo' | 'hall'; readonly turns?: number }

/** A sync folder that `text` is the settings file of, and devices that come to it. */
function congregation(text?: string, { traits, faultAt, onRequest }: Trouble = {}) {
  let now = noon
  let isCalm = false
  const asked: string[] = []
  const server = faultyServer({
    now: () => now,
    ...(traits && { traits }),
    ...(onRequest && { onRequest }),
    faultAt: (index, seen) => {
      asked.push(`${seen.method} ${seen.path}`)
      return isCalm ? undefined : faultAt?.(index, seen)
    },
  })
  if (text !== undefined) write(text)

  function write(next: string): void {
    now += 5_000
    server.tree.write(file, new TextEncoder().encode(next))
  }

  function read(): unknown {
    const node = server.tree.at(file)
    if (node === undefined || node === 'folder') return undefined
    return JSON.parse(new TextDecoder().decode(node.bytes))
  }

  async function device(id: string, { user = 'vo', turns = 1 }: Line = {}) {
    const connection = server.connection(user)
    const fetchInTurn: typeof fetch = async (input, init) => {
      for (let left = turns; left > 0; left -= 1) await turn()
      now += requestMs
      return server.fetch(input, init)
    }
    const remote = webdavRemote({ connection, password: 'password', fetch: fetchInTurn })
    const opened = await openDevice({ id, today, remote })
    const clock: Clock = {
      ...opened.clock,
      now: () => now,
      wait: async (ms) => {
        for (let left = ms; left > 0; left -= requestMs) await turn()
        now += ms
      },
    }
    return {
      ...opened,
      force: (
        change: ForcedChange,
        options: { signal?: AbortSignal; replaceUnreadable?: boolean } = {},
      ) => changeForced({ store: opened.store, remote, clock }, change, { profile, ...options }),
      settings: () => settingsOf(opened.store, profile),
      kept: () => opened.store.document(profile, 'forced'),
    }
  }

  return {
    server,
    asked,
    device,
    write,
    read,
    paths: () => server.tree.all().map(([path]) => path),
    /** From here on nothing fails. */
    calm: () => {
      isCalm = true
    },
  }
}

describe('what the VO decides for everyone', () => {
  test('stands in the file, and holds on this device at once', async () => {
    const { device, read } = congregation()
    const vo = await device('tablet')
    await vo.force({ 'media.language': 'E', 'meetings.midweek': 3 })
    expect(read()).toEqual({ media: { lang: 'E' }, meeting: { mwDay: 3 } })
    expect(await vo.settings()).toMatchObject({ meetings: { midweek: 3, weekend: 5 } })
  })

  test('is no news to the device that wrote it', async () => {
    const { device, asked } = congregation('{}')
    const vo = await device('tablet')
    await vo.update()
    await vo.force({ 'media.language': 'E' })
    const listing = await vo.store.document(profile, 'listing')
    const entry = listing?.entries.find(({ path }) => path === file)
    const before = asked.length
    await vo.update()
    expect(asked.slice(before)).not.toContain(`GET ${file}`)
    expect((await vo.store.document(profile, 'listing'))?.entries).toContainEqual(entry)
    expect(entry?.size).toBeGreaterThan(2)
  })

  test('holds on the others after their update, with the day on which it was set', async () => {
    const { device } = congregation()
    const [vo, hall] = [await device('tablet'), await device('hall', { user: 'hall' })]
    await vo.force({ 'media.language': 'E' })
    await hall.update()
    expect((await hall.settings()).media.language).toBe('E')
    expect(new Date((await hall.kept())?.at ?? 0).toISOString().slice(0, 10)).toBe(today)
  })

  test('gives each device its own value back when it is free again', async () => {
    const { device, read } = congregation()
    const [vo, hall] = [await device('tablet'), await device('hall', { user: 'hall' })]
    await vo.force({ 'meetings.midweek': 4 })
    await hall.update()
    await vo.force({ 'meetings.midweek': undefined })
    expect((await hall.settings()).meetings.midweek).toBe(4)
    await hall.update()
    expect((await hall.settings()).meetings.midweek).toBe(2)
    expect((await vo.settings()).meetings.midweek).toBe(2)
    expect(read()).toEqual({})
  })

  test('leaves alone what others wrote since, and what only others know', async () => {
    const { device, write, read } = congregation('{"meeting":{"mwDay":1}}')
    const vo = await device('tablet')
    await vo.update()
    write('{"meeting":{"mwDay":4,"musicVolume":80},"app":{"obs":{"password":"secret"}}}')
    await vo.force({ 'media.language': 'E' })
    expect(read()).toEqual({
      meeting: { mwDay: 4, musicVolume: 80 },
      app: { obs: { password: 'secret' } },
      media: { lang: 'E' },
    })
    expect((await vo.settings()).meetings.midweek).toBe(4)
  })

  test('is not written again where it stands already', async () => {
    const { device, asked } = congregation('{"media":{"lang":"E"}}')
    const vo = await device('tablet')
    await vo.force({ 'media.language': 'E', 'meetings.midweek': undefined })
    expect(asked.filter((request) => /^(PUT|MOVE)/.test(request))).toEqual([])
    expect((await vo.settings()).media.language).toBe('E')
  })

  test('is refused to an account that may only read, and nothing changes', async () => {
    const { device, read } = congregation('{"meeting":{"mwDay":1}}')
    const hall = await device('hall', { user: 'hall' })
    await hall.update()
    await expect(hall.force({ 'meetings.midweek': 4 })).rejects.toMatchObject({
      failure: { kind: 'forbidden' },
    })
    expect(read()).toEqual({ meeting: { mwDay: 1 } })
    expect((await hall.settings()).meetings.midweek).toBe(1)
  })

  test('without the internet does not take effect, and the last known holds', async () => {
    let isAway = false
    const { device } = congregation('{"meeting":{"mwDay":1}}', {
      faultAt: () => (isAway ? { do: 'reset' } : undefined),
    })
    const vo = await device('tablet')
    await vo.update()
    isAway = true
    await expect(vo.force({ 'meetings.midweek': 4 })).rejects.toMatchObject({
      failure: { kind: 'unreachable' },
    })
    await vo.update()
    expect((await vo.settings()).meetings.midweek).toBe(1)
  })
})

describe('a settings file', () => {
  test('that nobody can read is said, and is not written over', async () => {
    const { device, server, write } = congregation('{"meeting":{"mwDay":1}}')
    const vo = await device('tablet')
    await vo.update()
    write('{"meeting":{"mwD')
    expect((await vo.update()).odd).toEqual([file])
    await expect(vo.force({ 'media.language': 'E' })).rejects.toMatchObject({
      failure: { kind: 'bad-answer', path: file },
    })
    expect(server.tree.at(file)).toMatchObject({ bytes: { length: 16 } })
    expect((await vo.settings()).meetings.midweek).toBe(1)
  })

  test('that nobody can read is replaced by the last known on the VO’s word, and rests in the trash', async () => {
    const { device, write, read, paths } = congregation('{"meeting":{"mwDay":1}}')
    const vo = await device('tablet')
    await vo.update()
    write('{"meeting":{"mwD')
    await vo.force({ 'media.language': 'E' }, { replaceUnreadable: true })
    expect(read()).toEqual({ meeting: { mwDay: 1 }, media: { lang: 'E' } })
    expect(paths().filter((path) => path.startsWith('_sync/trash/'))).toHaveLength(1)
  })

  test('of JWMMF is followed, and put in order with the first change', async () => {
    const { device, read } = congregation('{"lang":"S","mwDay":"4","enableObs":true}')
    const vo = await device('tablet')
    await vo.update()
    expect(await vo.settings()).toMatchObject({
      meetings: { midweek: 4 },
      media: { language: 'S' },
    })
    await vo.force({ 'meetings.weekend': 6 })
    expect(read()).toEqual({
      enableObs: true,
      meeting: { mwDay: 4, weDay: 6 },
      media: { lang: 'S' },
    })
  })

  test('that vanished a moment ago frees nothing by a change to something else', async () => {
    const { device, server, read } = congregation('{"meeting":{"mwDay":1}}')
    const vo = await device('tablet')
    await vo.update()
    server.tree.drop(file)
    await vo.force({ 'media.language': 'E' })
    expect(read()).toEqual({ meeting: { mwDay: 1 }, media: { lang: 'E' } })
  })

  test('with a value that makes no sense says which, and the others hold', async () => {
    const { device } = congregation('{"meeting":{"mwDay":9,"weDay":6}}')
    const vo = await device('tablet')
    expect((await vo.update()).odd).toEqual([])
    expect((await vo.kept())?.ignored).toEqual(['meeting.mwDay'])
    expect((await vo.settings()).meetings).toMatchObject({ midweek: 2, weekend: 6 })
  })

  test('that an earlier Lectern read is read again, for what that one did not know', async () => {
    const { device, server } = congregation('{"media":{"lang":"E"}}')
    const vo = await device('tablet')
    await vo.update()
    const kept = await vo.kept()
    const [version] = JSON.parse(kept?.version ?? '[]') as [unknown]
    await vo.store.putDocument(profile, 'forced', { version: JSON.stringify(version), forced: {} })
    await vo.update()
    expect((await vo.settings()).media.language).toBe('E')
    const before = server.requests()
    await vo.update()
    expect(server.requests() - before).toBeLessThan(10)
  })
})

describe('two VOs at the same time', () => {
  const offsets = Array.from({ length: 24 }, (_, index) => index)

  test.each(offsets)(
    'force different settings, %i requests apart, and both hold',
    async (apart) => {
      const { device, read } = congregation('{"app":{"obs":{"enable":true}}}')
      const [one, two] = [await device('tablet'), await device('laptop')]
      const first = one.force({ 'media.language': 'E', 'meetings.midweek': 3 })
      for (let turns = 0; turns < apart; turns += 1) await turn()
      await Promise.all([first, two.force({ 'meetings.weekend': 6 })])
      expect(read()).toEqual({
        app: { obs: { enable: true } },
        media: { lang: 'E' },
        meeting: { mwDay: 3, weDay: 6 },
      })
      await Promise.all([one.update(), two.update()])
      expect(await one.settings()).toEqual(await two.settings())
    },
  )

  test.each(offsets)(
    'one of them on a slow line, %i turns apart, lose nothing either',
    async (apart) => {
      const { device, read } = congregation('{"meeting":{"weDay":5}}')
      const [one, slow] = [await device('tablet'), await device('laptop', { turns: 4 })]
      const late = slow.force({ 'meetings.weekend': 6 })
      for (let turns = 0; turns < apart * 2; turns += 1) await turn()
      await Promise.all([late, one.force({ 'media.language': 'E' })])
      expect(read()).toEqual({ media: { lang: 'E' }, meeting: { weDay: 6 } })
    },
  )

  test('one of them with M³, which writes while ours is on its way: both hold', async () => {
    let isOver = false
    const { device, read, write } = congregation('{"meeting":{"mwDay":1}}', {
      onRequest: ({ method, path }) => {
        if (isOver || method !== 'PUT' || !path.startsWith('_sync/tmp/')) return
        isOver = true
        write('{"meeting":{"mwDay":4,"musicVolume":80}}')
      },
    })
    const vo = await device('tablet')
    await vo.force({ 'media.language': 'E' })
    expect(read()).toEqual({ meeting: { mwDay: 4, musicVolume: 80 }, media: { lang: 'E' } })
  })

  test.each(offsets)(
    'force one setting, %i requests apart, and one of them wins',
    async (apart) => {
      const { device, read } = congregation('{"meeting":{"mwDay":0}}', {
        traits: { etags: 'none' },
      })
      const [one, two] = [await device('tablet'), await device('laptop')]
      const first = one.force({ 'meetings.midweek': 3 })
      for (let turns = 0; turns < apart; turns += 1) await turn()
      await Promise.all([first, two.force({ 'meetings.midweek': 4 })])
      const { meeting } = read() as { meeting: { mwDay: number } }
      expect([3, 4]).toContain(meeting.mwDay)
      await Promise.all([one.update(), two.update()])
      expect((await one.settings()).meetings.midweek).toBe(meeting.mwDay)
      expect((await two.settings()).meetings.midweek).toBe(meeting.mwDay)
    },
  )
})

test('days without a meeting that somebody wrote over meanwhile are written again', async () => {
  const old = '{"lectern":{"daysOff":["2026-12-05"]}}'
  const { device, read, write } = congregation(old, {
    onRequest: ({ method, to }) => {
      // M³ had read the file before ours came, and puts its own into place after it.
      if (writes === 0 && method === 'MOVE' && to === file) writes = 1
      else if (writes === 1) {
        writes = 2
        write('{"meeting":{"mwDay":4},"lectern":{"daysOff":["2026-12-05"]}}')
      }
    },
  })
  let writes = 0
  const vo = await device('tablet')
  await vo.force({ 'meetings.off': ['2026-12-05', '2026-12-06'] })
  expect(read()).toEqual({
    meeting: { mwDay: 4 },
    lectern: { daysOff: ['2026-12-05', '2026-12-06'] },
  })
})

describe('whatever befalls one request', () => {
  const old = '{"meeting":{"mwDay":1},"app":{"obs":{"password":"secret"}}}'
  const wanted = {
    meeting: { mwDay: 1 },
    app: { obs: { password: 'secret' } },
    media: { lang: 'E' },
  }
  const faults: readonly Fault[] = [
    { do: 'reset' },
    { do: 'lose answer' },
    { do: 'refuse', status: 423 },
    { do: 'refuse', status: 503 },
    { do: 'refuse', status: 507 },
    { do: 'cut up', share: 0.5 },
    { do: 'cut up silently', share: 0.5 },
    { do: 'cut down', share: 0.5, isSilent: true },
    { do: 'cut down', share: 0.5, isSilent: false },
    { do: 'login page' },
    { do: 'redirect' },
  ]
  const servers: readonly (readonly [string, Partial<Traits>])[] = [
    ['plain', {}],
    [
      'without ETags, with half uploads',
      { etags: 'none', timeStepMs: 1000, cutUpload: 'what arrived' },
    ],
    ['that hides its troubles', { hasCorsOnErrors: false, etags: 'fresh-weak' }],
  ]
  const requests = Array.from({ length: 16 }, (_, index) => index)

  for (const [name, traits] of servers)
    test.each(faults)(
      `a server ${name}: after trouble ($do $status) the change is there, or its VO is told`,
      async (fault) => {
        for (const at of requests) {
          let start = Infinity
          const faultAt = (index: number) => (index - start === at ? fault : undefined)
          const { device, server, read, calm } = congregation(old, { traits, faultAt })
          const vo = await device('tablet')
          await vo.update()
          start = server.requests()
          const failure = await vo.force({ 'media.language': 'E' }).then(
            () => undefined,
            (error: unknown) => error,
          )
          if (failure) expect(failure).toHaveProperty('failure.kind')
          else expect(read()).toEqual(wanted)
          // Nobody ever meets half a file, or one without what others put there.
          expect(read()).toMatchObject(JSON.parse(old) as object)
          calm()
          await vo.force({ 'media.language': 'E' })
          expect(read()).toEqual(wanted)
          expect((await vo.settings()).media.language).toBe('E')
        }
      },
    )

  test('a tab that is closed at any moment leaves the old file or the new one', async () => {
    for (const at of requests) {
      const closing = new AbortController()
      let start = Infinity
      const { device, read, calm, server } = congregation(old, {
        faultAt: (index) => {
          if (index === start + at) closing.abort()
          return undefined
        },
      })
      const vo = await device('tablet')
      await vo.update()
      start = server.requests()
      await vo.force({ 'media.language': 'E' }, { signal: closing.signal }).catch(() => undefined)
      expect([JSON.parse(old), wanted]).toContainEqual(read())
      calm()
      await vo.force({ 'media.language': 'E' })
      expect(read()).toEqual(wanted)
    }
  })

  test('a change that never got beyond its upload shows nowhere, and can be made again', async () => {
    const { device, read, calm } = congregation(old, {
      faultAt: (_, { method, to }) =>
        method === 'MOVE' && to === file ? { do: 'refuse', status: 500 } : undefined,
    })
    const [vo, hall] = [await device('tablet'), await device('hall', { user: 'hall' })]
    await expect(vo.force({ 'media.language': 'E' })).rejects.toThrow()
    expect(read()).toEqual(JSON.parse(old))
    await hall.update()
    expect((await hall.settings()).media.language).toBeUndefined()
    calm()
    await vo.force({ 'media.language': 'E' })
    expect(read()).toEqual(wanted)
  })
})
