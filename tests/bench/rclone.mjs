// The yardstick: a widely used program that brings the same folder here.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { account } from './server.mjs'

export function hasRclone() {
  return spawnSync('rclone', ['version']).status === 0
}

/** Runs `rclone copy` or `rclone sync` of the sync folder into a directory; answers how long it took. */
export async function rclone(command, server, directory) {
  const settings = {
    config: '/dev/null',
    'webdav-url': `${server.url}/dav/`,
    'webdav-vendor': 'other',
    'webdav-user': account.user,
    'webdav-pass': obscured(account.password),
    transfers: '4',
    checkers: '8',
  }
  const given = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const startedAt = performance.now()
  const running = spawn('rclone', [command, ':webdav:', directory, ...given], { stdio: 'inherit' })
  const [code] = await once(running, 'exit')
  if (code !== 0) throw new Error(`rclone ${command} failed`)
  return performance.now() - startedAt
}

function obscured(password) {
  return spawnSync('rclone', ['obscure', password], { encoding: 'utf8' }).stdout.trim()
}
