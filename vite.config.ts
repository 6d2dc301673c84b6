import { fileURLToPath } from 'node:url'
import messages from '@intlify/unplugin-vue-i18n/vite'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

type ModuleOf = (
  id: string,
) => { readonly isEntry: boolean; readonly importers: readonly string[] } | null

/**
 * True for what the page imports before it shows anything: in one file it packs better than in fifty small ones that
 * are all needed anyway. The entry itself stays apart: it waits for more, and what comes later must not wait with it.
 */
function isFirstLoad(id: string, moduleOf: ModuleOf): boolean {
  const isStart = id.endsWith('/src/app/main.ts') || moduleOf(id)?.isEntry === true
  return !isStart && isImported(id, moduleOf)
}

function isImported(id: string, moduleOf: ModuleOf, seen = new Set<string>()): boolean {
  const found = moduleOf(id)
  if (!found || seen.has(id)) return false
  seen.add(id)
  return found.isEntry || found.importers.some((importer) => isImported(importer, moduleOf, seen))
}

// What every look at the week needs to ask JW.org, whoever else needs a part of it: in one file likewise.
const asksJworg = new RegExp(
  String.raw`/src/(?:${[
    'adapters/jworg/(?:answer|line|media-service|place|read|relay|requests|services)',
    'domain/(?:inside|published-week|way)',
    'sync/(?:relay-account|shelf|ways)',
    'sync/catalogue/(?:asking|catalogue|kept-answers|made-from|questions|turns)',
    'sync/update/refresh-catalogue',
  ].join('|')})\.ts$`,
)

/**
 * vue-i18n looks a function of Vue up by a computed name, for the sake of old versions; bundlers must then keep all of
 * Vue, 13 kB gzip that nobody calls.
 */
function plainVueLookup(): Plugin {
  const computed = /const key = 'currentInstance';\s*if \(key in Vue\) \{[^}]*\}\s*else (\{[^}]*\})/
  return {
    name: 'plain-vue-lookup',
    transform(code, id) {
      if (!id.includes('/vue-i18n/') || !code.includes("import * as Vue from 'vue'"))
        return undefined
      if (!computed.test(code)) this.error('vue-i18n has changed: look at plainVueLookup again')
      return { code: code.replace(computed, '$1'), map: null }
    },
  }
}

const sharedTypes = ['image/*', 'video/*', 'audio/*', 'application/pdf', '.jwpub', '.jwlplaylist']

/** What the system may open with Lectern. */
const openedFiles = {
  'application/x-jwlplaylist': ['.jwlplaylist'],
  'application/x-jwpub': ['.jwpub'],
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'image/heic': ['.heic'],
  'image/svg+xml': ['.svg'],
  'video/mp4': ['.mp4', '.m4v'],
  'video/quicktime': ['.mov'],
  'video/webm': ['.webm'],
  'audio/mpeg': ['.mp3'],
  'audio/mp4': ['.m4a'],
  'audio/wav': ['.wav'],
}

export default defineConfig({
  plugins: [
    vue(),
    plainVueLookup(),
    // Messages are compiled when the app is built: a strict CSP allows no other time, and it saves a third of the library.
    messages({
      include: fileURLToPath(new URL('src/i18n/locales/**', import.meta.url)),
      dropMessageCompiler: true,
      fullInstall: false,
    }),
    tailwind(),
    icons({ compiler: 'vue3' }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        // Kept from their first use on, and after an update anyhow: src/sw/used-code.ts.
        globIgnores: [
          'assets/{worker,sortable,diceware,pdf,heic-worker,mediabunny}*.js',
          // The system fetches them when the app is installed.
          'icons/*-512.png',
        ],
      },
      manifest: {
        id: '/',
        name: 'Lectern',
        short_name: 'Lectern',
        description: 'The same meeting media for everyone on the audio/video team.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        lang: 'en',
        theme_color: '#1d5c87',
        background_color: '#f6f4ef',
        categories: ['utilities', 'productivity'],
        // A second window would be a second place to look for the same thing; what is half done in the first one stays.
        share_target: {
          action: '/share',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            title: 'title',
            text: 'text',
            url: 'url',
            files: [{ name: 'media', accept: [...sharedTypes, '*/*'] }],
          },
        },
        file_handlers: [{ action: '/inbox', accept: openedFiles }],
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: '/icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
          {
            src: '/icons/monochrome-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'monochrome',
          },
        ],
      },
    }),
  ],
  define: {
    // Only what is used of the libraries goes into the first load.
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    modulePreload: {
      polyfill: false,
      // A lazy part asks for its own parts, mostly of the service worker: naming all of them beforehand, in what comes
      // first, took 1.8 kB gzip.
      resolveDependencies: (_file, parts, { hostType }) => (hostType === 'html' ? parts : []),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              debugName: 'first load',
              name: (id, modules) =>
                isFirstLoad(id, (one) => modules.getModuleInfo(one)) ? 'first' : null,
            },
            { debugName: 'asking JW.org', name: 'jworg', test: asksJworg },
            // Whoever of those that convert needs them: by these names they are left out of what all get.
            { name: 'pdfjs', test: /\/node_modules\/pdfjs-dist\// },
            { name: 'mediabunny', test: /\/node_modules\/mediabunny\// },
          ],
        },
      },
    },
  },
})
