import { Transform } from 'node:stream'
import { pathHere, type UpstreamPlace } from './upstream-address.ts'

const element = /(<(?:[\w.-]+:)?href(?:\s[^<>]*)?>)([^<]*|\s*<!\[CDATA\[[^<]*\]\]>\s*)(?=<\/)/g
const address =
  /^(\s*(?:<!\[CDATA\[)?\s*)(?:(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*)?(\/[^]*?)(\s*(?:\]\]>)?\s*)$/i
const upToAnEnd = /^[^]*<\/[^<>]*>/

// Between the ends of two elements lies one name at most; what is longer is passed on as it is, for the client to judge.
const mostHeld = 65_536

/**
 * Passes a multistatus on piece by piece, with the hrefs (RFC 4918 §14.7) that lie in the upstream's folder as paths of
 * this server: clients compare them with what they asked for. All else stays byte by byte.
 */
export function rewriteHrefs(place: UpstreamPlace): Transform {
  let held = ''
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Byte by byte, whatever the encoding: markup is ASCII in all that matter, and no character is ever cut in two.
      const text = held + chunk.toString('latin1')
      const whole = upToAnEnd.exec(text)?.[0] ?? ''
      const rest = text.slice(whole.length)
      const isTooLong = rest.length > mostHeld
      held = isTooLong ? '' : rest
      done(null, Buffer.from(rewrite(place, whole) + (isTooLong ? rest : ''), 'latin1'))
    },
    flush(done) {
      done(null, Buffer.from(rewrite(place, held), 'latin1'))
    },
  })
}

function rewrite(place: UpstreamPlace, text: string): string {
  return text.replace(element, (_, tag: string, content: string) => tag + move(place, content))
}

function move(place: UpstreamPlace, content: string): string {
  const [, before = '', path, after = ''] = address.exec(content) ?? []
  if (path === undefined) return content
  const here = pathHere(place, Buffer.from(path, 'latin1').toString())
  return here === undefined ? content : before + Buffer.from(here).toString('latin1') + after
}
