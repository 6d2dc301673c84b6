import * as v from 'valibot'
import { parseXML } from 'webdav'
import type { Facts } from '../../domain/diagnosis.ts'
import { failureOf } from '../../domain/failure.ts'
import { checkWhole, withoutFailedPropstats } from './envelope.ts'
import { Property } from './property.ts'

/** Asks what the connection doctor wants to know; the space by RFC 4331. */
export const propertiesAsked =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>' +
  '<resourcetype/><getetag/><quota-available-bytes/></prop></propfind>'

const Properties = v.object({ getetag: Property, 'quota-available-bytes': Property })
const Answer = v.object({ propstat: v.object({ prop: Properties }) })
const Answers = v.object({ multistatus: v.object({ response: v.tuple([Answer]) }) })

const parsing = { attributeNamePrefix: '@', attributeParsers: [], tagParsers: [() => undefined] }

/** Reads the answer to a PROPFIND of depth 0; nothing from one that cannot be true. */
export async function readProperties(text: string): Promise<Pick<Facts, 'etag' | 'spaceBytes'>> {
  const parsed = v.safeParse(Answers, await parse(text))
  if (!parsed.success) return {}
  const [{ propstat }] = parsed.output.multistatus.response
  const { getetag, 'quota-available-bytes': space } = propstat.prop
  // Nextcloud writes -3 where there is no limit.
  return { etag: etagKind(getetag), ...(/^\d+$/.test(space) && { spaceBytes: Number(space) }) }
}

async function parse(text: string): Promise<unknown> {
  try {
    checkWhole(text, '')
    return await parseXML(withoutFailedPropstats(text, ''), parsing)
  } catch (error) {
    // The parser throws an error of its own for what is no XML.
    if (!failureOf(error) && !(error instanceof Error)) throw error
    return undefined
  }
}

function etagKind(etag: string): 'strong' | 'weak' | 'none' {
  if (etag === '') return 'none'
  return /^w\//i.test(etag) ? 'weak' : 'strong'
}
