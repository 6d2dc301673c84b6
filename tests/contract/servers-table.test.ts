import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'prettier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canStart, serverNames, servers } from '../fixtures/servers/all.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'
import { standOn } from './remote-stand.ts'
import { consequences } from './server-consequences.ts'
import { probes } from './server-probes.ts'

const root = join(import.meta.dirname, '..', '..')
const titles = {
  embedded: '`npm start`',
  apache: 'Apache',
  nginx: 'nginx',
  rclone: 'rclone',
  caddy: 'Caddy, rclone',
}

const head = `# Servers

Which WebDAV servers Lectern is tested with, what each of them does, and what follows. **This page is written by \`tests/contract/servers-table.test.ts\`**, which asks each server over the wire and fails when an answer differs from what stands here.

- **\`npm start\`** is the server that comes with Lectern.
- **Apache** is Apache 2.4 with mod_dav, set up by [\`apache.conf\`](servers/apache.conf).
- **nginx** has the modules dav and dav-ext and is set up by [\`nginx.conf\`](servers/nginx.conf).
- **rclone** is \`rclone serve webdav\`; a second one with \`--read-only\` serves the reader. Before both stands a proxy that lets other addresses in and answers their \`OPTIONS\`.
- **Caddy, rclone** is Caddy 2 before \`rclone serve webdav\`, set up by [\`Caddyfile\`](servers/Caddyfile): it has the accounts and lets other addresses in.

The \`Remote\` contract (\`tests/contract/remote-contract.ts\`) runs on all five from Node, and in a browser that has the app from another address. The three files are thereby tested: they are what these servers are started with.

For other cases there are these pages:

- [The folder is with a provider that lets no web page in](servers/relay.md) (Koofr, Box and the like): let the server that comes with Lectern pass the requests on.
- [The folder is on Nextcloud](servers/nextcloud.md).
- [The folder is served by rclone alone](servers/rclone.md), without Caddy before it.
- [Lectern itself lies on a host of static files](servers/static-hosting.md).


## What they do

Numbers are statuses of HTTP.

`

const between = `
## What Lectern makes of it

It relies on nothing that one of them lacks: uploads go to \`_sync/tmp\`, are looked at and moved into place, and no condition (\`If-Match\` and the like) is sent. Where a server tells less, this is what remains.

`

describe.skipIf(!serverNames.every(canStart))('on a machine with all servers', () => {
  let running: readonly WebdavServer[]

  beforeAll(async () => {
    running = await Promise.all(serverNames.map((name) => servers[name].start()))
  })

  afterAll(() => Promise.all(running.map((server) => server.close())))

  async function table(
    rows: readonly string[],
    cell: (row: string, server: WebdavServer) => Promise<string>,
  ): Promise<string> {
    const lines = [
      ` | ${running.map(({ name }) => titles[name]).join(' | ')}`,
      `-${'|-'.repeat(running.length)}`,
    ]
    for (const row of rows) {
      const cells = await Promise.all(running.map((server) => cell(row, server)))
      lines.push(`${row} | ${cells.join(' | ')}`)
    }
    return `${lines.map((line) => `|${line}|`).join('\n')}\n`
  }

  test('docs/servers.md tells what they do', async () => {
    const measured = await table(Object.keys(probes), async (row, server) => {
      const mark = `probe${Object.keys(probes).indexOf(row)}`
      return (await probes[row]?.(server, mark)) ?? ''
    })
    const follows = await table(
      Object.keys(consequences),
      async (row, server) => (await consequences[row]?.(await standOn(server))) ?? '',
    )
    const { prettier } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      prettier: object
    }
    const page = await format(head + measured + between + follows, {
      ...prettier,
      parser: 'markdown',
    })
    await expect(page).toMatchFileSnapshot(join(root, 'docs', 'servers.md'))
  })
})
