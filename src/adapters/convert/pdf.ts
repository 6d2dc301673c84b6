import { getDocument, PDFWorker } from 'pdfjs-dist'
import { failureOf } from '../../domain/failure.ts'
import type { ConvertOptions, OpenPages } from '../../sync/convert/ports.ts'
import { notConverted } from './failed.ts'
import { PdfAssets } from './pdf-assets.ts'
import { pagesOf } from './pdf-pages.ts'
import { rangeOf } from './pdf-range.ts'
import workerUrl from './pdf-worker.ts?worker&url'
import { startWorker, type TrustScript } from './start-worker.ts'

/** More pages than anybody chooses from. */
const mostPages = 5_000

/** Opens a PDF: only as much of the file is read as the pages need that are asked for. */
export async function openPdf(
  file: Blob,
  trust: TrustScript,
  { signal }: ConvertOptions = {},
): Promise<OpenPages> {
  signal?.throwIfAborted()
  const { document, close } = opening(file, startWorker(workerUrl, trust))
  const abort = () => void close()
  signal?.addEventListener('abort', abort)
  try {
    const opened = await document
    if (opened.numPages > mostPages) throw notConverted(file, 'too-large')
    return pagesOf(opened, { file, close })
  } catch (error) {
    await close()
    signal?.throwIfAborted()
    if (failureOf(error)) throw error
    throw notConverted(file, isPasswordAsked(error) ? 'password' : 'broken', error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

function opening(file: Blob, port: Worker) {
  const worker = PDFWorker.create({ port })
  const range = rangeOf(file, () => void task.destroy())
  const task = getDocument({
    range,
    worker,
    rangeChunkSize: 256 * 1024,
    disableAutoFetch: true,
    disableStream: true,
    // Strings never become programs here: the page's own rules forbid it.
    isEvalSupported: false,
    // Asked through the page: it knows under which names they were built.
    useWorkerFetch: false,
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'fonts/',
    wasmUrl: 'wasm/',
    BinaryDataFactory: PdfAssets,
    verbosity: 0,
  })
  const close = async () => {
    await task.destroy()
    worker.destroy()
    port.terminate()
  }
  // One that dies at its start would be waited for for ever.
  port.addEventListener('error', () => void task.destroy())
  return { document: task.promise, close }
}

// The library does not export what it throws.
function isPasswordAsked(error: unknown): boolean {
  return error instanceof Error && error.name === 'PasswordException'
}

/** Has all code kept that reads PDF; this file is a part of it. */
export async function warmPdf(): Promise<void> {
  await fetch(workerUrl)
}
