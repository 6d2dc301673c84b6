import { describe, expect, inject, test } from 'vitest'
import { webdavProbe } from '../../src/adapters/webdav/probe.ts'
import { webdavRemote } from '../../src/adapters/webdav/remote.ts'
import type { Diagnosis, Verdict } from '../../src/domain/diagnosis.ts'
import { systemClock } from '../../src/sync/clock.ts'
import { diagnose } from '../../src/sync/diagnose.ts'
import type { Clock } from '../../src/sync/ports.ts'
import { report } from '../../src/sync/doctor/report.ts'
import type { BrokenName, BrokenServer } from '../fixtures/broken-servers.ts'
import { serverNames } from '../fixtures/servers/names.ts'
import type { ServerFacts } from './remote-stand.ts'

const servers = inject('brokenServers')
const realServers = inject('servers')

// Waiting between two tries tells nothing of a server that a test has broken.
const hasty = { ...systemClock, wait: () => Promise.resolve() }

type Account = Pick<BrokenServer, 'origin' | 'folder' | 'user' | 'password'>

function diagnosisOf(
  { origin, folder, user, password }: Account,
  clock: Clock = hasty,
): Promise<Diagnosis> {
  const reach = (address: { origin: string; folder: string }) => {
    const account = { connection: { ...address, user }, password }
    return { probe: webdavProbe(account), remote: webdavRemote(account) }
  }
  const page = { origin: location.origin, isOnline: navigator.onLine }
  return diagnose({ reach, clock }, { address: { origin, folder }, page })
}

function serverOf(name: BrokenName): BrokenServer {
  const server = servers.find((one) => one.name === name)
  if (!server) throw new Error(`There is no server “${name}”`)
  return server
}

const verdicts: Readonly<Record<BrokenName, Verdict>> = {
  good: { kind: 'works' },
  'no CORS': { kind: 'no-cors' },
  'OPTIONS needs login': { kind: 'preflight-login' },
  'missing method': { kind: 'preflight-method', methods: ['PROPFIND'] },
  'missing header': { kind: 'preflight-header', headers: ['Depth'] },
  'CORS missing on errors': { kind: 'silent-refusal' },
  'wrong password': { kind: 'wrong-password' },
  'wrong folder': { kind: 'wrong-folder', existing: '/dav/', missing: 'Congregation' },
  'read-only': { kind: 'read-only' },
  'HTML at 200': { kind: 'not-webdav' },
  redirect: { kind: 'redirect' },
  'closed port': { kind: 'unreachable' },
  'self-signed certificate': { kind: 'unreachable' },
  '429': { kind: 'too-many-requests', retryAfterMs: 120_000 },
  full: { kind: 'full' },
  'Authorization not allowed': { kind: 'preflight-header', headers: ['Authorization'] },
  'MOVE not allowed': { kind: 'preflight-method', methods: ['MOVE'] },
  'Destination not allowed': { kind: 'preflight-header', headers: ['Destination'] },
  // As far as a browser shows, this is a server whose OPTIONS needs a login.
  'only the origin allowed': { kind: 'preflight-login' },
  'CORS missing on errors, good': { kind: 'works' },
  'CORS missing on errors, wrong folder': {
    kind: 'wrong-folder',
    existing: '/dav/',
    missing: 'Congregation',
  },
  'CORS missing on errors, read-only': { kind: 'read-only' },
  'no sync folder anywhere': { kind: 'not-webdav' },
  'redirect without CORS': { kind: 'no-cors' },
}

describe('the connection doctor, in a browser and from another origin,', () => {
  test.each(servers.map((server) => [server.name, server] as const))(
    'finds what it can of: %s',
    async (name, server) => {
      const { verdict } = await diagnosisOf(server)
      expect(verdict).toEqual(verdicts[name])
    },
  )

  test('finds a good server good in all, and leaves no file behind', async () => {
    const { origin, folder, user, password } = serverOf('good')
    const { states, facts } = await diagnosisOf(serverOf('good'))
    expect(new Set(Object.values(states))).toEqual(new Set(['fine']))
    expect(facts).toEqual({ canWrite: true, etag: 'strong', hasRanges: true })
    const remote = webdavRemote({ connection: { origin, folder, user }, password })
    expect(await remote.list('_sync/tmp')).toEqual([])
  })

  test('warns where all works but refusals cannot be read', async () => {
    const { states, facts } = await diagnosisOf(serverOf('CORS missing on errors, good'))
    expect(states.cors).toBe('warning')
    expect(facts).toMatchObject({ hidesErrors: true, canWrite: true })
  })

  test('shows where it stopped: what comes after was not tried', async () => {
    const { states } = await diagnosisOf(serverOf('wrong password'))
    expect(states).toMatchObject({ reachable: 'fine', cors: 'fine', preflight: 'fine' })
    expect(states).toMatchObject({ login: 'broken', folder: 'skipped', space: 'skipped' })
  })

  test('reports to whoever helps without saying who asked, or by which password', async () => {
    const server = serverOf('full')
    const text = report(await diagnosisOf(server), server)
    expect(text).toContain('verdict: full')
    expect(text).toContain(server.origin)
    expect(text).not.toContain(server.password)
    expect(text).not.toMatch(/\bvo\b/)
  })
})

describe.each(serverNames)('the connection doctor on %s', (name) => {
  const server = realServers.find((one) => one.name === name)
  // Whoever cannot install a server is not kept from the other tests; in CI `npm test` fails where one is missing.
  if (server) storiesOn(server)
  else test.skip('is not on this machine')
})

function storiesOn({ name, url: origin, folder, vo, reader }: ServerFacts): void {
  test('finds nothing wrong for the VO', async () => {
    // Apache's ETags need a moment.
    const { verdict, facts } = await diagnosisOf({ origin, folder, ...vo }, systemClock)
    expect(verdict).toEqual({ kind: 'works' })
    const etag = name === 'nginx' ? 'none' : 'strong'
    expect(facts).toMatchObject({ canWrite: true, etag, hasRanges: true })
  })

  test('finds that the hall may look only', async () => {
    const { verdict, facts } = await diagnosisOf({ origin, folder, ...reader })
    expect(verdict).toEqual({ kind: 'read-only' })
    expect(facts.canWrite).toBe(false)
  })

  test('tells a wrong password from a folder that is not there', async () => {
    const wrong = await diagnosisOf({ origin, folder, user: vo.user, password: 'wrong' })
    expect(wrong.verdict).toEqual({ kind: 'wrong-password' })
    const lost = await diagnosisOf({ origin, folder: `${folder}Nowhere/Media team/`, ...vo })
    const verdict = { kind: 'wrong-folder', existing: folder, missing: 'Nowhere' }
    expect(lost.verdict).toEqual(verdict)
  })
}
