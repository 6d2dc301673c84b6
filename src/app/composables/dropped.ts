/** What was dropped: the files, those of folders included; `isCut` where there were more than are taken at once. */
export type Dropped = { readonly files: readonly File[]; readonly isCut: boolean }

const most = { files: 500, depth: 8 }

// What systems leave in folders, and nobody meant to bring.
const leftovers = /^(?:\..*|desktop\.ini|thumbs\.db|icon\r|__macosx)$/i

/**
 * The files that are being dropped, those in folders in the order of their names. Whoever handles the event calls it
 * before awaiting anything: afterwards the browser gives nothing away.
 */
export async function filesOf(transfer: DataTransfer): Promise<Dropped> {
  const things = [...transfer.items].filter(({ kind }) => kind === 'file').map(thingOf)
  const walk: Walk = { files: [], isCut: false }
  for (const thing of things) {
    if (thing instanceof File) take(thing, walk)
    else if (thing) await walkThrough(thing, 1, walk)
  }
  return walk
}

type Walk = { readonly files: File[]; isCut: boolean }

// A file comes as it is: asking its entry for it would be another way to the same.
function thingOf(item: DataTransferItem): File | FileSystemDirectoryEntry | null {
  const entry = item.webkitGetAsEntry()
  return entry && isFolder(entry) ? entry : item.getAsFile()
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function take(file: File, walk: Walk): void {
  if (leftovers.test(file.name)) return
  if (walk.files.length < most.files) walk.files.push(file)
  else walk.isCut = true
}

function isFull({ isCut }: Walk): boolean {
  return isCut
}

async function walkThrough(
  folder: FileSystemDirectoryEntry,
  depth: number,
  walk: Walk,
): Promise<void> {
  if (leftovers.test(folder.name)) return
  if (depth > most.depth) {
    walk.isCut = true
    return
  }
  for (const entry of await entriesIn(folder)) {
    if (isFull(walk)) return
    if (isFolder(entry)) await walkThrough(entry, depth + 1, walk)
    else if (isFile(entry)) await takeEntry(entry, walk)
  }
}

// One that cannot be read now must not cost the others; that it is missing shows in the list.
async function takeEntry(entry: FileSystemFileEntry, walk: Walk): Promise<void> {
  try {
    take(await fileOf(entry), walk)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

// A folder tells some of its entries at a time, in no order, until there are no more.
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const some = () =>
    new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
  const entries: FileSystemEntry[] = []
  for (let next = await some(); next.length > 0; next = await some()) {
    entries.push(...next)
    if (entries.length > most.files * 2) break
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  return entries.sort((a, b) => compare(a.name, b.name))
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })
}
