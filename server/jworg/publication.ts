import { createHash } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { buildDatabase } from './database.ts'
import type { PublicationPlan } from './plan.ts'

// In the words of a local clock, which is what a ZIP keeps: the same bytes wherever they are made.
const mtime = '2026-01-01T00:00:00'

const comment = strToU8('JASPER')
const commentLengthBytes = 2

/** A publication's file (JWPUB) after a plan: true hashes, fixed times, the same bytes for the same plan. */
export async function buildPublication(plan: PublicationPlan): Promise<Uint8Array> {
  const database = await buildDatabase(plan)
  const inner = { [databaseName(plan)]: database, ...plan.pictures }
  return packPublication(plan, zipSync(inner, { level: 0, mtime }), database)
}

function packPublication(
  plan: PublicationPlan,
  contents: Uint8Array,
  database: Uint8Array,
): Uint8Array {
  const manifest = strToU8(JSON.stringify(manifestOf(plan, contents, database)))
  const level = plan.isStored ? 0 : 6
  return withComment(zipSync({ 'manifest.json': manifest, contents }, { level, mtime }))
}

function databaseName({ facts: { symbol, issue } }: PublicationPlan): string {
  return `${symbol}${issue === 0 ? '' : `_${issue}`}.db`
}

function manifestOf(plan: PublicationPlan, contents: Uint8Array, database: Uint8Array) {
  const { facts, title } = plan
  return {
    name: databaseName(plan).replace('.db', '.jwpub'),
    hash: createHash('sha256').update(contents).digest('hex'),
    timestamp: plan.timestamp ?? '2026-01-01T00:00:00Z',
    version: 1,
    expandedSize: contents.length,
    contentFormat: 'z-a',
    mepsPlatformVersion: plan.generation === 'newest' ? '2.1' : 2.1,
    publication: {
      fileName: databaseName(plan),
      hash: createHash('sha1').update(database).digest('hex'),
      symbol: facts.symbol,
      uniqueEnglishSymbol: facts.uniqueSymbol,
      language: facts.language,
      year: facts.year,
      issueId: facts.issue,
      title,
      schemaVersion: plan.generation === 'before-2023' ? 8 : 9,
      images: [],
      categories: [],
      attributes: [],
    },
  }
}

// The comment is the last thing in a ZIP, and its length stands right before it.
function withComment(zip: Uint8Array): Uint8Array {
  const whole = new Uint8Array(zip.length + comment.length)
  whole.set(zip)
  whole.set(comment, zip.length)
  new DataView(whole.buffer).setUint16(zip.length - commentLengthBytes, comment.length, true)
  return whole
}
