// The names in the list at the end of a ZIP file (APPNOTE.TXT §4.3.12, §4.3.16): the head and the tail of a file are
// read, never what is packed.
const endSignature = 0x06054b50
const endBytes = 22
const longestComment = 0xffff
const entrySignature = 0x02014b50
const entryBytes = 46
/** More than this in a list is no file that people show at meetings. */
const most = { entries: 20_000, bytes: 4 * 1024 * 1024 }

/** The names of what lies in a ZIP file; undefined where it has no list that can be read. */
export async function zipNames(file: Blob): Promise<readonly string[] | undefined> {
  const end = endIn(await viewOf(file.slice(-(endBytes + longestComment))))
  if (!end || end.entries > most.entries || end.bytes > most.bytes) return undefined
  if (end.from + end.bytes > file.size) return undefined
  return namesIn(await viewOf(file.slice(end.from, end.from + end.bytes)), end.entries)
}

type End = { readonly entries: number; readonly bytes: number; readonly from: number }

function endIn(tail: DataView): End | undefined {
  for (let at = tail.byteLength - endBytes; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === endSignature)
      return {
        entries: tail.getUint16(at + 10, true),
        bytes: tail.getUint32(at + 12, true),
        from: tail.getUint32(at + 16, true),
      }
  }
  return undefined
}

function namesIn(list: DataView, count: number): string[] | undefined {
  const names: string[] = []
  for (let at = 0; names.length < count;) {
    if (at + entryBytes > list.byteLength || list.getUint32(at, true) !== entrySignature)
      return undefined
    const length = list.getUint16(at + 28, true)
    const from = at + entryBytes
    if (from + length > list.byteLength) return undefined
    names.push(new TextDecoder().decode(new Uint8Array(list.buffer, from, length)))
    at = from + length + list.getUint16(at + 30, true) + list.getUint16(at + 32, true)
  }
  return names
}

async function viewOf(part: Blob): Promise<DataView> {
  return new DataView(await part.arrayBuffer())
}
