/** The last part of a path: whatever wants to lie in a folder lies in none. */
export function bareName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
