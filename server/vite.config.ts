import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// The packages stay outside and are loaded from node_modules; only our own TypeScript is turned into what Node runs.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist-server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
  },
})
