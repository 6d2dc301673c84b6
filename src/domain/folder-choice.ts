// Choosing a sync folder among the folders of a server: all of them absolute, decoded, with '/' at both ends.
import { readFolderName } from './day.ts'
import { forcedPath, hiddenTop, isUnsafePath, mediaTop, syncTop, tempFolder } from './layout.ts'

/** What a folder is for inside a sync folder, going by its name. */
export type FolderRole = 'day' | 'notes' | 'part'

/** 'day' and 'notes' (Lectern's own) are never a sync folder themselves; a 'part' may be one that is called so by chance. */
export function roleOf(name: string): FolderRole | undefined {
  if (readFolderName(name) !== undefined) return 'day'
  if (name === syncTop) return 'notes'
  return name === mediaTop || name === hiddenTop ? 'part' : undefined
}

/** True for a folder that is no sync folder for certain: a day's, Lectern's own notes, or something in them. */
export function isNeverChosen(folder: string): boolean {
  return namesIn(folder).some((name) => roleOf(name) === 'day' || roleOf(name) === 'notes')
}

/** The folder around all that looks like the inside of a sync folder; itself where nothing does. */
export function wholeOf(folder: string): string {
  const names = namesIn(folder)
  const first = names.findIndex((name) => roleOf(name) === 'day' || roleOf(name) === 'notes')
  const outer = first === -1 ? names : names.slice(0, first)
  const last = outer.findLastIndex((name) => roleOf(name) !== 'part')
  return outer.slice(0, last + 1).reduce(inside, '/')
}

/** True where the names in a folder show that it is in use as a sync folder; `notes` are those in Lectern's own folder there. */
export function isInUse(names: readonly string[], notes: readonly string[]): boolean {
  if ([hiddenTop, forcedPath].some((name) => names.includes(name))) return true
  // A test of the connection alone leaves the folder for what is under way.
  return notes.some((name) => `${syncTop}/${name}` !== tempFolder)
}

const tops = /^(?:.*?\/remote\.php\/(?:webdav|dav\/files\/[^/]+)|\/upstream\/[^/]+)\//

/** The folder above which there is nothing to choose, as far as the address tells (Nextcloud, a relay). */
export function topOf(folder: string): string {
  return tops.exec(folder)?.[0] ?? '/'
}

/** The folders that lead from `top` to a folder, itself among them. */
export function wayTo(folder: string, top = topOf(folder)): string[] {
  const names = namesIn(folder.slice(top.length))
  return [top, ...names.map((_, index) => `${top}${names.slice(0, index + 1).join('/')}/`)]
}

/** The name of a folder; empty for '/'. */
export function folderName(folder: string): string {
  return namesIn(folder).at(-1) ?? ''
}

/** True for a name that a new folder may have on any server. */
export function isFolderName(name: string): boolean {
  return name.trim() === name && !name.includes('/') && !isUnsafePath(name)
}

/** A folder in another one. */
export function inside(folder: string, name: string): string {
  return `${folder}${name}/`
}

function namesIn(folder: string): string[] {
  return folder.split('/').filter((name) => name !== '')
}
