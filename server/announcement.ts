import type { Command } from './command-line.ts'

type Run = Extract<Command, { do: 'run' }>

/** What is said once the server can be used. A password that was given is not repeated. */
export function readyText(url: string, { options, generatedPassword }: Run): string {
  const lines = [
    `Lectern is ready: ${url}`,
    `Sync folder:      ${url}/dav/`,
    `User name:        ${options.user}`,
    ...(generatedPassword === undefined ? [] : [`Password:         ${generatedPassword}`]),
  ]
  return lines.join('\n')
}

/** What to say when it could not start. */
export function troubleText(error: unknown, { options }: Run): string {
  const { port, host } = options
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another one with --port.`
  if (code === 'EACCES') return `Port ${port} may not be used. Choose another one with --port.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is not an address of this computer. Choose another one with --host.`
  }
  return `Lectern could not start: ${error instanceof Error ? error.message : String(error)}`
}
