// The library's own worker as a script of ours, whose address the browser trusts.
import 'pdfjs-dist/build/pdf.worker.min.mjs'
