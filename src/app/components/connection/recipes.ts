import apache from '../../../../docs/servers/apache.conf?raw'
import caddy from '../../../../docs/servers/Caddyfile?raw'
import nextcloud from '../../../../docs/servers/nextcloud.md?raw'
import nginx from '../../../../docs/servers/nginx.conf?raw'
import rclone from '../../../../docs/servers/rclone.md?raw'
import relay from '../../../../docs/servers/relay.md?raw'

// The configurations are whole: that is how they are tested. Of the pages it is the part about letting Lectern in.
const recipes = {
  apache,
  nginx,
  caddy,
  nextcloud: plain(section(nextcloud, 'The app WebAppPassword')),
  rclone: plain(section(rclone, 'Letting Lectern in')),
  relay: plain(beginning(relay)),
} as const

/** The kinds of servers there is a recipe for, and the relay for those that nobody can set up. */
export type RecipeName = keyof typeof recipes

export const recipeNames = Object.keys(recipes) as RecipeName[]

const exampleOrigin = 'https://lectern.example'

/** What to set up so that a server lets the app in that stands at `origin`. */
export function recipeFor(name: RecipeName, origin: string): string {
  return recipes[name].replaceAll(exampleOrigin, origin).trim()
}

function section(page: string, heading: string): string {
  const [, rest = ''] = page.split(`\n## ${heading}\n`)
  return beforeHeading(rest)
}

function beginning(page: string): string {
  return beforeHeading(page.replace(/^# .*\n/, ''))
}

function beforeHeading(text: string): string {
  return text.split('\n## ')[0] ?? ''
}

// Whoever gets it by mail reads it as it is typed.
function plain(markdown: string): string {
  return markdown
    .replace(/^```.*\n/gm, '')
    .replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '$1 ($2)')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll('**', '')
}
