// Long enough for a browser that asks where to put it.
const keptMs = 60_000

/** Hands a file to the browser to keep it; the page stays where it is. */
export function offerFile(file: File): void {
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: file.name })
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, keptMs)
}
