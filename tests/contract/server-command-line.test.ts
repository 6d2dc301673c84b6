import { expect, test } from 'vitest'
import { readyText, troubleText } from '../../server/announcement.ts'
import { readCommandLine } from '../../server/command-line.ts'

function run(...args: string[]) {
  const command = readCommandLine(args)
  if (command.do !== 'run') throw new Error(JSON.stringify(command))
  return command
}

test('without arguments it serves this computer, with a password of its own', () => {
  const { options, generatedPassword } = run()
  expect(options).toMatchObject({
    port: 8095,
    host: '127.0.0.1',
    dataDir: './data',
    user: 'vo',
    readers: [],
    sample: true,
    jworg: undefined,
    upstreams: [],
    relay: false,
  })
  expect(options.password).toBe(generatedPassword)
  expect(generatedPassword).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  expect(run().generatedPassword).not.toBe(generatedPassword)
})

test('every argument counts', () => {
  const { options } = run(
    ...['--port', '0', '--host', '0.0.0.0', '--data', '/srv/media', '--user', 'Jörg Å'],
    ...['--password', 'a:b', '--reader', 'hall:x:y', '--reader', 'door:z', '--no-sample'],
    ...['--jworg', 'http://127.0.0.1:9000/links'],
    ...['--upstream', 'koofr=https://app.koofr.net/dav', '--upstream', 'b-2=http://localhost:81'],
    '--relay',
  )
  expect(options).toEqual({
    port: 0,
    host: '0.0.0.0',
    dataDir: '/srv/media',
    user: 'Jörg Å',
    password: 'a:b',
    readers: [
      { user: 'hall', password: 'x:y' },
      { user: 'door', password: 'z' },
    ],
    sample: false,
    jworg: 'http://127.0.0.1:9000/links',
    upstreams: [
      { name: 'koofr', url: 'https://app.koofr.net/dav/' },
      { name: 'b-2', url: 'http://localhost:81/' },
    ],
    relay: true,
  })
})

test.each([
  [['--port', '70000'], '--port 70000 is not a port.'],
  [['--port', 'http'], '--port http is not a port.'],
  [['--user', 'a:b'], '--user needs a name without a colon.'],
  [['--password', ''], '--password must not be empty.'],
  [['--reader', 'hall'], '--reader needs a name and a password, parted by a colon.'],
  [['--reader', 'vo:x'], 'Two accounts have the same name.'],
  [['--jworg', 'ftp://x'], '--jworg needs an http(s) address.'],
  [['--speed', '9'], "Unknown option '--speed'."],
  [['folder'], "Unexpected argument 'folder'."],
])('%j is refused in one plain sentence', (args, sentence) => {
  expect(readCommandLine(args)).toEqual({ do: 'refuse', sentence })
})

const shapeOfUpstreams =
  '--upstream needs a name of lower-case letters, digits and hyphens, and an address: koofr=https://app.koofr.net/dav/.'
const addressOfX =
  '--upstream x needs an https address without account, query, fragment and doubled slashes.'

test.each([
  ['https://app.koofr.net/dav/', shapeOfUpstreams],
  ['Koofr=https://app.koofr.net/dav/', shapeOfUpstreams],
  ['a/b=https://app.koofr.net/dav/', shapeOfUpstreams],
  ['x=', shapeOfUpstreams],
  ['x=app.koofr.net/dav/', addressOfX],
  ['x=http://app.koofr.net/dav/', addressOfX],
  ['x=http://127.0.0.1.example/', addressOfX],
  ['x=http://localhost@app.koofr.net/', addressOfX],
  ['x=ftp://127.0.0.1/', addressOfX],
  ['x=https://vo:secret@app.koofr.net/dav/', addressOfX],
  ['x=https://app.koofr.net/dav/?a', addressOfX],
  ['x=https://app.koofr.net/dav/#', addressOfX],
  ['x=https://app.koofr.net/dav%2f..%2fadmin/', addressOfX],
  ['x=https://app.koofr.net//dav/', addressOfX],
])('the upstream %s is refused, without showing a password in it', (upstream, sentence) => {
  expect(readCommandLine(['--upstream', upstream])).toEqual({ do: 'refuse', sentence })
})

test('two upstreams have two names', () => {
  const args = ['--upstream', 'x=https://a.example/', '--upstream', 'x=https://b.example/']
  const sentence = 'Two upstreams have the same name.'
  expect(readCommandLine(args)).toEqual({ do: 'refuse', sentence })
})

test('a password is shown only when it was made up', () => {
  expect(readyText('http://x', run())).toContain('Password:')
  expect(readyText('http://x', run('--password', 'secret'))).not.toMatch(/password|secret/i)
})

test('a taken port is named, with the way out', () => {
  const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE' })
  expect(troubleText(taken, run('--port', '81'))).toBe(
    'Port 81 is taken. Choose another one with --port.',
  )
})
