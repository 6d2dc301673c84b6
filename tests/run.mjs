// npm test: every check and every suite, and one closing line over all of them.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { ensureTools } from './tools.mjs'

const results = new URL('../test-results/', import.meta.url)
const total = { passed: 0, failed: 0, skipped: 0 }

function run(title, command, args) {
  console.log(`\n— ${title}`)
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

function add({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

function check(title, script) {
  add(run(title, 'npm', ['run', '--silent', script]) ? { passed: 1 } : { failed: 1 })
}

/** Runs a suite whose runner leaves a report; a runner that breaks without one counts as a failure. */
function suite({ title, command, report, read }) {
  const isGreen = run(title, 'npx', ['--no-install', ...command])
  const counts = readReport(report, read)
  add(counts ?? { failed: 1 })
  if (!isGreen && counts?.failed === 0) add({ failed: 1 })
}

function readReport(name, read) {
  try {
    return read(JSON.parse(readFileSync(new URL(name, results), 'utf8')))
  } catch (error) {
    console.error(`no report of the run: ${error.message}`)
    return undefined
  }
}

const readVitest = ({ numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites }) => ({
  passed: numPassedTests,
  // A file that cannot even be loaded has no test to fail.
  failed: numFailedTests || numFailedTestSuites,
  skipped: numPendingTests,
})

const readPlaywright = ({ stats }) => ({
  passed: stats.expected,
  // A test that passes only the second time is broken.
  failed: stats.unexpected + stats.flaky,
  skipped: stats.skipped,
})

rmSync(results, { recursive: true, force: true })
const { missing } = ensureTools()
const isStrict = process.env.CI === 'true'
for (const tool of missing) {
  console.log(`skipped for want of ${tool}: the tests that need it`)
  add(isStrict ? { failed: 1 } : { skipped: 1 })
}
const hasBrowser = !missing.includes('a Chromium browser')

check('types', 'types')
check('lint', 'lint')
check('format', 'format')
check('unused code', 'unused')
function vitest(title, projects) {
  const report = `${title.replaceAll(' ', '-')}.json`
  const chosen = projects.map((project) => `--project=${project}`)
  const reporters = ['--reporter=default', '--reporter=json']
  const output = `--outputFile.json=test-results/${report}`
  const config = ['--config', 'tests/vitest.config.ts']
  const command = ['vitest', 'run', ...config, ...chosen, ...reporters, output]
  suite({ title, command, report, read: readVitest })
}

vitest('unit and contract tests', ['!browser'])
// By itself: a browser that competes with thousands of properties for two cores answers oddly about a full disk.
if (hasBrowser) vitest('contract tests in the browser', ['browser'])
check('build', 'build')
if (hasBrowser) {
  suite({
    title: 'end-to-end tests',
    command: ['playwright', 'test', '--config', 'tests/playwright.config.ts'],
    report: 'e2e.json',
    read: readPlaywright,
  })
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0
