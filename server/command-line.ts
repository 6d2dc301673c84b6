import { randomInt } from 'node:crypto'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { LecternOptions } from './options.ts'
import { readUpstream } from './upstream-address.ts'

/** What the command line asks for. `password` is set where one was made up. */
export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'refuse'; readonly sentence: string }
  | {
      readonly do: 'run'
      readonly options: Omit<LecternOptions, 'appDir'>
      readonly generatedPassword: string | undefined
    }

export const usage = `Usage: npm start -- [options]

  --port N        the port to listen on (8095)
  --host H        the address to listen on (127.0.0.1: this computer only)
  --data DIR      where the sync folder and all other data lie (./data)
  --user U        who may write to the sync folder (vo)
  --password P    the password for that; without it a new one is made at each start
  --reader U:P    someone who may only read; may be given several times
  --no-sample     without the sample congregation
  --jworg URL     another public media service instead of JW.org's
  --upstream N=A  reaches the WebDAV folder at the address A as /upstream/N/; may be given several times
  --relay         fetches JW.org's media for browsers that may not fetch it themselves
  --help          this text`

const settings = {
  port: { type: 'string', default: '8095' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: './data' },
  user: { type: 'string', default: 'vo' },
  password: { type: 'string' },
  reader: { type: 'string', multiple: true, default: [] },
  'no-sample': { type: 'boolean', default: false },
  jworg: { type: 'string' },
  upstream: { type: 'string', multiple: true, default: [] },
  relay: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options']

type Values = ReturnType<typeof parse>

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: settings, allowPositionals: false }).values
}

/** Reads the arguments after the program's name. */
export function readCommandLine(args: readonly string[]): Command {
  try {
    return commandOf(parse(args))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node explains in several sentences what the first one says.
    const [first = ''] = error.message.split(/\. |\n/)
    return refuseWith(`${first.replace(/\.$/, '')}.`)
  }
}

function commandOf(values: Values): Command {
  if (values.help) return { do: 'help' }
  const wrong = findWrong(values)
  if (wrong !== undefined) return refuseWith(wrong)
  const generatedPassword = values.password === undefined ? makePassword() : undefined
  return {
    do: 'run',
    generatedPassword,
    options: {
      port: Number(values.port),
      host: values.host,
      dataDir: values.data,
      user: values.user,
      password: values.password ?? generatedPassword ?? '',
      readers: values.reader.map(readReader),
      sample: !values['no-sample'],
      jworg: values.jworg,
      upstreams: values.upstream.map(readUpstream).filter((read) => typeof read !== 'string'),
      relay: values.relay,
    },
  }
}

function refuseWith(sentence: string): Command {
  return { do: 'refuse', sentence }
}

function findWrong({
  port,
  host,
  data,
  user,
  password,
  reader,
  jworg,
  upstream,
}: Values): string | undefined {
  const names = [user, ...reader.map((text) => readReader(text).user)]
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--port ${port} is not a port.`
  if (host === '') return '--host needs an address.'
  if (data === '') return '--data needs a folder.'
  if (user === '' || user.includes(':')) return '--user needs a name without a colon.'
  if (password === '') return '--password must not be empty.'
  if (reader.some((text) => !/^[^:]+:./s.test(text))) {
    return '--reader needs a name and a password, parted by a colon.'
  }
  if (new Set(names).size < names.length) return 'Two accounts have the same name.'
  if (jworg !== undefined && !isWebAddress(jworg)) return '--jworg needs an http(s) address.'
  return findWrongUpstream(upstream)
}

function findWrongUpstream(texts: readonly string[]): string | undefined {
  const all = texts.map(readUpstream)
  const names = all.map((read) => (typeof read === 'string' ? read : read.name))
  const wrong = all.find((read) => typeof read === 'string')
  const isTwice = new Set(names).size < names.length
  return wrong ?? (isTwice ? 'Two upstreams have the same name.' : undefined)
}

function readReader(text: string): { user: string; password: string } {
  const colon = text.indexOf(':')
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

// 80 bits, without the signs that look alike: someone types it on a tablet.
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
