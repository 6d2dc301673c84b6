// What a file becomes before it is added: everyone gets the same bytes, and all players can show them.
import type { Resolution } from './media-settings.ts'
import { extensionsOfType } from './file-kinds.ts'
import type { Size } from './jpeg.ts'
import { extensionOf } from './media.ts'
import { unknownType } from './media-type.ts'
import { joinName, splitName } from './naming.ts'

const becomes: Readonly<Record<string, string>> = { heic: 'jpg', svg: 'png' }

/** How a file will be called once it has become what all players show. */
export function futureName(name: string): string {
  const extension = becomes[extensionOf(name)]
  return extension === undefined ? name : joinName({ stem: splitName(name).stem, extension })
}

/** The name of a page's picture; all pages of a document stand in their order. */
export function pageName(
  document: string,
  { page, count }: { page: number; count: number },
): string {
  const { stem } = splitName(document)
  const number = String(page).padStart(Math.max(2, String(count).length), '0')
  return joinName({ stem: count === 1 ? stem : `${stem}-${number}`, extension: 'png' })
}

/** The media type that fits a name whose extension was told by content. */
export function typeOfName(name: string): string {
  const extension = extensionOf(name)
  const known = Object.entries(extensionsOfType).find(([, fitting]) => fitting.includes(extension))
  return known?.[0] ?? unknownType
}

/** So large a congregation shows pictures whose films have that many lines. */
export function pictureBox(resolution: Resolution): Size {
  const height = Number.parseInt(resolution, 10)
  return { width: Math.round((height * 16) / 9), height }
}
