import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromium } from './browsers.mjs'

const root = new URL('..', import.meta.url).pathname

// Days must not depend on where a device stands: the unit tests run at both ends of the world.
const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago']

export default defineConfig({
  root,
  test: {
    projects: [
      ...zones.map((TZ) => ({
        test: {
          name: `unit ${TZ}`,
          include: ['tests/unit/**/*.test.ts'],
          env: { TZ },
          testTimeout: 30_000,
        },
      })),
      {
        test: { name: 'worlds', include: ['tests/worlds/*.test.ts'], testTimeout: 600_000 },
      },
      {
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        optimizeDeps: {
          include: [
            'idb',
            'fast-check',
            'valibot',
            'webdav',
            'vue',
            'vue-i18n',
            '@vueuse/core',
            'pdfjs-dist',
            'pdfjs-dist/build/pdf.worker.min.mjs',
            'libheif-js/libheif-wasm/libheif.js',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/contract/**/*.browser.test.ts'],
          globalSetup: [
            'tests/contract/remote-servers.setup.ts',
            'tests/contract/diagnosis.setup.ts',
          ],
          testTimeout: 30_000,
          // A full disk is full for every page of the browser: one file at a time.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
