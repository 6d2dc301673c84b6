// What must be seen in the text of a multistatus before it is parsed (RFC 4918 §13): the parser takes what it gets.
import { Failed } from '../../domain/failure.ts'
import { isSuccess } from './failures.ts'

/** Some 10,000 entries. A longer answer is no folder of a congregation. */
export const mostBytes = 8_388_608

const prefix = String.raw`(?:[\w.-]+:)?`
const rootTag = new RegExp(String.raw`<(?:([\w.-]+):)?([A-Za-z_][\w.-]*)([^<>]*)`)
const lastTag = new RegExp(String.raw`^<\/${prefix}multistatus\s*>\s*(?:<!--[^]*-->\s*)?$`)
const statusTag = new RegExp(
  String.raw`<${prefix}status[^<>]*>(?:\s|<!\[CDATA\[)*HTTP\/[\d.]+\s+(\d{3})`,
  'g',
)
const propstatStart = new RegExp(String.raw`<(?=${prefix}propstat[\s>])`)
const propstatEnd = new RegExp(String.raw`<\/${prefix}propstat\s*>`)

/** The first status in a multistatus that is a trouble of its own; 424 only follows from another. */
export function troubleIn(text: string): number | undefined {
  return [...text.matchAll(statusTag)]
    .map(([, status]) => Number(status))
    .find((status) => !isSuccess(status) && status !== 424)
}

/** Throws 'not-webdav' for another kind of page, 'bad-answer' for a cut text, a huge one or one with a DTD. */
export function checkWhole(text: string, path: string): void {
  const [, rootPrefix, root, attributes = ''] = rootTag.exec(text.slice(0, 10_000)) ?? []
  const isCut = root === undefined && /^\s*(?:<[?!]|$)/.test(text)
  const isPage = /^\s*<!DOCTYPE\s+html/i.test(text) || (root !== 'multistatus' && !isCut)
  if (isPage || isForeign(attributes, rootPrefix)) throw new Failed({ kind: 'not-webdav' })
  const isWhole = text.length <= mostBytes && lastTag.test(text.slice(text.lastIndexOf('</')))
  // Entities of its own can make a short text endless.
  if (!isWhole || /<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Failed({ kind: 'bad-answer', path })
}

// Some servers forget to say of what namespace their words are; what is said to be of another one is not ours.
function isForeign(attributes: string, prefix?: string): boolean {
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`
  const told = new RegExp(String.raw`(?:^|\s)${declaration}\s*=\s*["']([^"']*)["']`).exec(
    attributes,
  )
  return told !== null && !/^(?:DAV:?)?$/i.test(told[1] ?? '')
}

/**
 * The text without the propstats of properties that a file lacks: the parser keeps only the first propstat of a file,
 * which need not be the good one. One that tells of a broken server makes the listing worthless: 'bad-answer'.
 */
export function withoutFailedPropstats(text: string, path: string): string {
  const [head = '', ...pieces] = text.split(propstatStart)
  const kept = pieces.map((piece) => {
    const end = propstatEnd.exec(piece)
    const status = troubleIn(piece.slice(0, end?.index))
    const isBroken = status === 425 || (status !== undefined && status >= 500)
    if (!end || isBroken) throw new Failed({ kind: 'bad-answer', path })
    return status === undefined ? `<${piece}` : piece.slice(end.index + end[0].length)
  })
  return head + kept.join('')
}
