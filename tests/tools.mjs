// Gets what the tests need and the machine lacks: the system's packages where we may install them, else Playwright's
// own browser.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { browserPath, firefoxPath, playwrightBrowserPath } from './browsers.mjs'
import { hasServer, serverNeeds } from './servers.mjs'

const policy = '/usr/sbin/policy-rc.d'

function quietly(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}

function mayInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

// A package's service must not start: tests start servers themselves, on loopback and bounded.
function withoutServices(install) {
  if (existsSync(policy)) return install()
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return install()
  } finally {
    rmSync(policy)
  }
}

function installPackages(names) {
  console.log(`installing ${names.join(', ')} …`)
  return withoutServices(
    () =>
      quietly('apt-get', ['update', '-qq']) &&
      quietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]),
  )
}

function ensureBrowser() {
  if (browserPath() || existsSync(playwrightBrowserPath())) return true
  if (mayInstallPackages() && installPackages(['chromium']) && browserPath()) return true
  console.log('installing the browser of the test runner …')
  return quietly('npx', ['--no-install', 'playwright', 'install', 'chromium'])
}

function ensureServers() {
  const lacking = () => Object.keys(serverNeeds).filter((name) => !hasServer(name))
  const packages = lacking().flatMap((name) => serverNeeds[name].packages)
  if (packages.length > 0 && mayInstallPackages()) installPackages(packages)
  return lacking()
}

// Another browser, and tools that have nothing in common with what they judge.
const aids = {
  Firefox: { package: 'firefox-esr', isHere: () => firefoxPath() !== undefined },
  unzip: { package: 'unzip', isHere: () => isProgram('unzip') },
  // A screen for a browser whose windows somebody looks at and clicks.
  Xvfb: { package: 'xvfb', isHere: () => isProgram('Xvfb') },
  openbox: { package: 'openbox', isHere: () => isProgram('openbox') },
  xdotool: { package: 'xdotool', isHere: () => isProgram('xdotool') },
  ffmpeg: { package: 'ffmpeg', isHere: () => isProgram('ffmpeg') && isProgram('ffprobe') },
  pdftoppm: { package: 'poppler-utils', isHere: () => isProgram('pdftoppm') },
  ImageMagick: { package: 'imagemagick', isHere: () => isProgram('identify') },
}

function isProgram(name) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`))
}

function ensureAids() {
  const lacking = () => Object.keys(aids).filter((name) => !aids[name].isHere())
  const packages = lacking().map((name) => aids[name].package)
  if (packages.length > 0 && mayInstallPackages()) installPackages(packages)
  return lacking()
}

/** What the tests need and cannot have here. */
export function ensureTools() {
  const browsers = ensureBrowser() ? [] : ['a Chromium browser']
  return { missing: [...browsers, ...ensureServers(), ...ensureAids()] }
}
