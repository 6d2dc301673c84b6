// What documents may lean on without bringing it: tables of East Asian letters, the fourteen fonts that every reader has,
// and what unpacks rare pictures. Each is fetched when a page needs it.
const addresses = {
  ...import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('/node_modules/pdfjs-dist/wasm/*.wasm', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
}

const byName: ReadonlyMap<string, string> = new Map(
  Object.entries(addresses).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
)

/** The form in which pdf.js asks for such a thing. It goes on without what cannot be had. */
export class PdfAssets {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array<ArrayBuffer>> {
    const url = byName.get(filename)
    if (url === undefined) throw new Error(`no such file: ${filename}`)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
