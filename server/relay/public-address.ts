import { BlockList, isIP } from 'node:net'

// RFC 6890 and the registries it keeps: this host and network, private, shared by a provider's customers (CGNAT),
// link-local, loopback, for documents and measurements, multicast, reserved.
const closedV4 = [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'] as const),
  ...(['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24'] as const),
  ...(['192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'] as const),
  ...(['224.0.0.0/4', '240.0.0.0/4'] as const),
]

// Of IPv6 only what is handed out for the open internet, without tunnels and addresses for documents.
const openV6 = ['2000::/3', '64:ff9b::/96']
const closedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

// Where a network has IPv6 alone, addresses of the old kind are reached behind this prefix (RFC 6052).
const behindNat64 = closedV4.map((net) => {
  const [address = '', bits = ''] = net.split('/')
  return `64:ff9b::${address}/${Number(bits) + 96}`
})

const closed4 = listOf(closedV4, 'ipv4')
const open6 = listOf(openV6, 'ipv6')
const closed6 = listOf([...closedV6, ...behindNat64], 'ipv6')

/** True for an IP address on the open internet, false for one in a network of somebody's own. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed4.check(address, 'ipv4')
  return family === 6 && open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6')
}

function listOf(nets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const net of nets) {
    const [address = '', bits = ''] = net.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
