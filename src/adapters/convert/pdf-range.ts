import { PDFDataRangeTransport } from 'pdfjs-dist'

/** Hands the library the pieces of a file that it asks for; `onLost` hears that one cannot be had any more. */
export function rangeOf(file: Blob, onLost: () => void): PDFDataRangeTransport {
  const range = new PDFDataRangeTransport(file.size, null)
  range.requestDataRange = (begin, end) => {
    file
      .slice(begin, end)
      .arrayBuffer()
      .then((bytes) => {
        range.onDataRange(begin, new Uint8Array(bytes))
      })
      .catch(onLost)
  }
  return range
}
