import { checks, type Diagnosis, type Verdict } from '../../domain/diagnosis.ts'

/**
 * A diagnosis as lines to send to whoever helps; in the words of the code, because the helper may speak another
 * language. Holds no secret: parts of the folder's path that are called as the user are left out.
 */
export function report(
  { page, address, verdict, states, facts }: Diagnosis,
  { user }: { readonly user: string },
): string {
  const where =
    typeof address === 'string'
      ? []
      : [`server: ${address.origin}`, `folder: ${without(user, address.folder)}`]
  return [
    ...where,
    `app: ${page.origin}`,
    `verdict: ${verdictLine(verdict, user)}`,
    ...checks.map((check) => `${check}: ${states[check]}`),
    ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
  ].join('\n')
}

function verdictLine({ kind, ...details }: Verdict, user: string): string {
  const told = Object.entries(details).map(
    ([name, value]) => `${name}=${without(user, String(value))}`,
  )
  return [kind, ...told].join(' ')
}

function without(user: string, path: string): string {
  return path
    .split('/')
    .map((name) => (user !== '' && name === user ? '…' : name))
    .join('/')
}
