// Whatever a name server says, the relay to JW.org asks nobody in the house, and nobody whom it did not look at before.
import { once } from 'node:events'
import { Agent, type RequestOptions } from 'node:https'
import { connect, createServer, Socket, type AddressInfo, type LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { createLines, onlyTo } from '../../server/relay/line.ts'
import { isPublic } from '../../server/relay/public-address.ts'

const own = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.8.8.8'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1'],
  ...[
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
  ],
  ...['240.0.0.1', '255.255.255.255', '192.88.99.1'],
  ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
  ...['fe80::1', 'fe80::1%eth0', 'febf::1', 'fc00::1', 'fd12:3456::1', 'fec0::1', 'ff02::1'],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '100::1', '64:ff9b:1::1', '4000::1'],
  ...['64:ff9b::127.0.0.1', '64:ff9b::a00:1', '64:ff9b::192.168.1.1', '64:ff9b::169.254.169.254'],
  ...['', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '8.8.8.8.', '[2606:4700::1]'],
]

test.each(own)('%j is not on the open internet', (address) => {
  expect(isPublic(address)).toBe(false)
})

test.each([
  ...['8.8.8.8', '23.45.67.89', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1'],
  ...['169.253.0.1', '192.167.0.1', '198.20.0.1', '223.255.255.255', '11.0.0.1'],
  ...['2606:4700::1', '2a02:26f0::1', '2001:4860:4860::8888', '2600::', '64:ff9b::8.8.8.8'],
])('%s is on the open internet', (address) => {
  expect(isPublic(address)).toBe(true)
})

const host = 'cfp2.jw-cdn.org'
const there = { address: '8.8.8.8', family: 4 }

test.each(own.filter((address) => address.includes('.') || address.includes(':')))(
  'a name that leads to %s is not asked, even where it leads elsewhere too',
  async (address) => {
    for (const addresses of [[{ address, family: 4 }], [there, { address, family: 4 }]]) {
      const openLine = createLines({ silenceMs: 1, resolve: () => Promise.resolve(addresses) })
      expect(await openLine(host)).toBe(`${host} is not on the open internet.`)
    }
  },
)

test('a name that leads nowhere is not asked', async () => {
  const openLine = createLines({ silenceMs: 1, resolve: () => Promise.resolve([]) })
  expect(await openLine(host)).toBe(`${host} is not on the open internet.`)
})

/** Takes no line to anywhere, and remembers how one would have been found. */
class NoLine extends Agent {
  readonly seen: RequestOptions[] = []

  createConnection(options: RequestOptions): Socket {
    this.seen.push(options)
    return new Socket()
  }
}

function lookUp(lookup: LookupFunction | undefined): Promise<string> {
  return new Promise((resolve) => {
    lookup?.(host, { all: false }, (_error, address) => {
      resolve(typeof address === 'string' ? address : '')
    })
  })
}

test('a name is looked up once; what it means a moment later does not matter', async () => {
  const answers = [[there], [{ address: '127.0.0.1', family: 4 }]]
  let lookups = 0
  const resolve = () => Promise.resolve(answers[lookups++] ?? [])
  const line = await createLines({ silenceMs: 1000, resolve })(host)
  if (typeof line === 'string') throw new Error(line)
  const agent = new NoLine()
  const outgoing = line({ path: '/film.mp4', agent })
  outgoing.on('error', () => undefined)
  await expect.poll(() => agent.seen.length).toBe(1)
  outgoing.destroy()
  const [seen] = agent.seen
  expect(seen).toMatchObject({ host, port: 443, servername: host })
  expect([await lookUp(seen?.lookup), lookups]).toEqual([there.address, 1])
})

test('the line goes to the address that was looked at, whatever the name', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (const autoSelectFamily of [true, false]) {
    const lookup = onlyTo([{ address: '127.0.0.1', family: 4 }])
    const socket = connect({ host: 'nobody.invalid', port, lookup, autoSelectFamily })
    const [said] = (await once(socket, 'data')) as [Buffer]
    expect(said.toString()).toBe('here')
  }
  server.close()
})
