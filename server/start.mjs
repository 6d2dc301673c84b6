// `npm start`: builds what is missing or older than its sources, then runs the server with the same arguments.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const server = join(root, 'dist-server', 'main.js')

const targets = [
  {
    made: join(root, 'dist', 'index.html'),
    sources: ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'],
    options: [],
  },
  {
    made: server,
    sources: ['server', 'src/domain', 'package-lock.json'],
    options: ['--config', 'server/vite.config.ts'],
  },
]

// A folder counts too: its own time tells that something in it was removed.
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  const inside = stats.isDirectory()
    ? readdirSync(path).map((name) => newest(join(path, name)))
    : []
  return Math.max(stats.mtimeMs, ...inside)
}

function isStale({ made, sources }) {
  const madeAt = statSync(made, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return sources.some((source) => newest(join(root, source)) > madeAt)
}

function build({ options }) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(
    process.execPath,
    [vite, 'build', '--logLevel', 'error', ...options],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status === 0) return
  console.error('Lectern could not be built. Is everything installed (npm ci)?')
  process.exit(1)
}

const stale = targets.filter(isStale)
if (stale.length > 0) console.log('Building Lectern …')
stale.forEach(build)
await import(pathToFileURL(server).href)
