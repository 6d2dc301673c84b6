import { describe, expect, test } from 'vitest'
import { webdavProbe } from '../../../src/adapters/webdav/probe.ts'
import { webdavRemote } from '../../../src/adapters/webdav/remote.ts'
import type { Address, AddressProblem } from '../../../src/domain/address.ts'
import { diagnose } from '../../../src/sync/diagnose.ts'
import type { Step } from '../../../src/sync/doctor/checklist.ts'
import { report } from '../../../src/sync/doctor/report.ts'
import { faultyServer, type FaultyServer } from '../../doubles/faulty-server/server.ts'
import type { Traits } from '../../doubles/faulty-server/traits.ts'

const page = { origin: 'https://app.example', isOnline: true }

type Scene = {
  readonly user?: 'vo' | 'hall'
  readonly password?: string
  readonly address?: Address | AddressProblem
  readonly traits?: Partial<Traits>
  readonly prepare?: (server: FaultyServer) => void
  /** What becomes of an answer on its way. */
  readonly asServed?: (answer: Response) => Response
}

/** A server, a clock that goes on while somebody waits, and whoever wants to connect. */
function scene({ user = 'vo', password = 'password', address, ...odd }: Scene = {}) {
  const { traits = {}, prepare, asServed = asItCame } = odd
  let now = Date.UTC(2026, 10, 21, 8)
  let ids = 0
  const clock = {
    now: () => now,
    today: () => '2026-11-21' as const,
    wait: async (ms: number) => {
      now += ms
    },
    newId: () => `id-${(ids += 1)}`,
  }
  const server = faultyServer({ now: () => now, traits })
  prepare?.(server)
  const { origin, folder } = server.connection()
  const reach = (where: Address) => {
    const send: typeof fetch = async (url, init) => asServed(await server.fetch(url, init))
    const account = { connection: { ...where, user }, password, fetch: send }
    return { probe: webdavProbe(account), remote: webdavRemote(account) }
  }
  const steps: Step[] = []
  const examine = (signal?: AbortSignal) =>
    diagnose(
      { reach, clock },
      { address: address ?? { origin, folder }, page },
      { onStep: (step) => steps.push(step), signal },
    )
  return { server, steps, examine }
}

const asItCame = (answer: Response) => answer

/** As Apache answers a reader where nobody told it otherwise. */
function as401(answer: Response): Response {
  return answer.status === 403 ? new Response(null, { status: 401 }) : answer
}

function filesOf({ tree }: FaultyServer): string[] {
  return tree.all().flatMap(([path, node]) => (node === 'folder' ? [] : [path]))
}

describe('the connection doctor', () => {
  test('goes through its checks in their order and says each as it goes', async () => {
    const { steps, examine } = scene()
    const { verdict } = await examine()
    expect(verdict).toEqual({ kind: 'works' })
    const fine = steps.filter(({ state }) => state === 'fine').map(({ check }) => check)
    expect(fine).toEqual([
      'address',
      'reachable',
      'cors',
      'preflight',
      'login',
      'webdav',
      'folder',
      'listing',
      'writing',
      'etag',
      'range',
      'space',
    ])
  })

  test('leaves nothing of its own behind, whoever asks', async () => {
    for (const user of ['vo', 'hall'] as const) {
      const { server, examine } = scene({ user })
      await examine()
      expect(filesOf(server)).toEqual([])
    }
  })

  test('waits until a fresh ETag has settled', async () => {
    const { facts } = await scene({ traits: { etags: 'fresh-weak' } }).examine()
    expect(facts).toEqual({ canWrite: true, etag: 'strong', hasRanges: true })
  })

  test('warns of what Lectern can do without', async () => {
    const { verdict, states, facts } = await scene({
      traits: { etags: 'none', hasRanges: false },
    }).examine()
    expect(verdict).toEqual({ kind: 'works' })
    expect(states).toMatchObject({ etag: 'warning', range: 'warning', space: 'fine' })
    expect(facts).toEqual({ canWrite: true, etag: 'none', hasRanges: false })
  })

  test('learns for a reader from a file that is there', async () => {
    const { verdict, states, facts } = await scene({
      user: 'hall',
      prepare: ({ tree }) => {
        tree.write('forcedPrefs.json', new TextEncoder().encode('{}'))
      },
    }).examine()
    expect(verdict).toEqual({ kind: 'read-only' })
    expect(states).toMatchObject({ writing: 'warning', etag: 'fine', range: 'fine' })
    expect(facts).toEqual({ canWrite: false, etag: 'strong', hasRanges: true })
  })

  test.each<[string, Scene]>([
    ['like a wrong password', { asServed: as401 }],
    ['so that a browser may not read why', { traits: { hasCorsOnErrors: false } }],
  ])('knows a reader whose changes are refused %s', async (_, served) => {
    const { server, examine } = scene({ user: 'hall', ...served })
    const { verdict, facts } = await examine()
    expect(verdict).toEqual({ kind: 'read-only' })
    expect(facts.canWrite).toBe(false)
    expect(filesOf(server)).toEqual([])
  })

  test('does not try further where the password is wrong', async () => {
    const { server, examine } = scene({ password: 'wrong' })
    const { verdict, states } = await examine()
    expect(verdict).toEqual({ kind: 'wrong-password' })
    expect(states).toMatchObject({ preflight: 'fine', login: 'broken', webdav: 'skipped' })
    expect(server.requests()).toBe(1)
  })

  test('says that there is no room, and still what else it saw', async () => {
    const { verdict, states, facts } = await scene({
      prepare: (server) => {
        server.setFull(true)
      },
    }).examine()
    expect(verdict).toEqual({ kind: 'full' })
    expect(states).toMatchObject({ listing: 'fine', writing: 'broken', range: 'skipped' })
    // A full folder makes nobody a reader.
    expect(facts).toEqual({})
  })

  test('asks nobody where there is no address', async () => {
    const { server, examine } = scene({ address: 'insecure' })
    const { verdict, states } = await examine()
    expect(verdict).toEqual({ kind: 'mixed-content' })
    expect(states).toMatchObject({ address: 'broken', reachable: 'skipped' })
    expect(server.requests()).toBe(0)
  })

  test('stops when it is told to, also in the midst of writing, and cleans up', async () => {
    const controller = new AbortController()
    const reason = new DOMException('The VO went on', 'AbortError')
    const { server, examine } = scene({
      prepare: ({ tree }) => {
        const move = tree.move.bind(tree)
        tree.move = (from, to) => {
          move(from, to)
          if (!to.endsWith('id-2')) controller.abort(reason)
        }
      },
    })
    await expect(examine(controller.signal)).rejects.toBe(reason)
    expect(filesOf(server)).toEqual([])
  })

  test('does not begin when it was stopped before', async () => {
    const { server, examine } = scene()
    await expect(examine(AbortSignal.abort('gone'))).rejects.toBe('gone')
    expect(server.requests()).toBe(0)
  })
})

test('the report names server and verdict, not the account, even where the folder does', async () => {
  const folder = '/dav/files/vo/Media team/'
  const { examine } = scene({ address: { origin: 'https://faulty.example', folder } })
  const text = report(await examine(), { user: 'vo' })
  expect(text).toContain('server: https://faulty.example')
  expect(text).toContain('folder: /dav/files/…/Media team/')
  expect(text).toContain('app: https://app.example')
  expect(text).toContain('verdict: wrong-folder existing=/dav/ missing=files')
  expect(text).not.toMatch(/\bvo\b|password|Basic/)
})
