import * as v from 'valibot'
import { isDay } from '../../domain/day.ts'
import { Failed } from '../../domain/failure.ts'
import { isUnsafePath } from '../../domain/layout.ts'
import type { ContentKey } from '../../domain/media.ts'
import { compareText } from '../../domain/naming.ts'
import type { FolderIndex } from '../../domain/output-index.ts'
import { dayOfOutput } from '../../domain/output.ts'
import type { MediaFolder } from '../ports.ts'

/** Where Lectern remembers, at the top of a media folder, what it wrote there. */
export const indexPath = '.lectern.json'

/** The index as it lies on disk: `text` is what to compare with before writing, undefined where it is not ours. */
export type StoredIndex = { readonly rows: FolderIndex; readonly text?: string }

const contentKeySchema = v.custom<ContentKey>(
  (value) => typeof value === 'string' && /^(sha256|md5)-./.test(value),
)

const countSchema = v.pipe(v.number(), v.finite(), v.minValue(0))

const indexSchema = v.object({
  lectern: v.literal(1),
  files: v.record(
    v.pipe(v.string(), v.check(isOutputPath)),
    v.object({
      key: contentKeySchema,
      was: v.optional(contentKeySchema),
      size: countSchema,
      modified: countSchema,
      state: v.picklist(['writing', 'written']),
    }),
  ),
})

// Nothing outside the day folders may ever be taken for ours, whatever an index says.
function isOutputPath(path: string): boolean {
  return (
    isDay(dayOfOutput(path)) &&
    path.split('/').length === 2 &&
    path[10] === '/' &&
    !isUnsafePath(path)
  )
}

/** Reads the index; one that is missing, broken or of another kind remembers nothing. */
export async function readIndex(folder: MediaFolder): Promise<StoredIndex> {
  const file = await folder.read(indexPath)
  const text = file && (await textOf(file))
  const parsed = v.safeParse(indexSchema, parseJson(text ?? ''))
  if (text === undefined || !parsed.success) return { rows: new Map() }
  return { rows: new Map(Object.entries(parsed.output.files)), text }
}

// Another program may lock it for a moment; to take it for empty then would disown every file.
async function textOf(file: Blob): Promise<string> {
  try {
    return await file.text()
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause
    throw new Failed({ kind: 'file-busy', path: indexPath }, { cause })
  }
}

// A broken index is an empty one: what it remembered counts as somebody else's, and is safe.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes the index unless it says so already; answers what lies on disk then. */
export async function writeIndex(
  folder: MediaFolder,
  rows: FolderIndex,
  stored: StoredIndex,
): Promise<StoredIndex> {
  const files = Object.fromEntries([...rows].sort(([a], [b]) => compareText(a, b)))
  const text = `${JSON.stringify({ lectern: 1, files }, null, 1)}\n`
  if (text === stored.text || (rows.size === 0 && stored.text === undefined)) return stored
  await folder.write(indexPath, new Blob([text], { type: 'application/json' }))
  return { rows, text }
}
