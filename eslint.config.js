import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const layers = ['domain', 'sync', 'adapters', 'sw', 'app', 'i18n']
const packages = [
  'vue',
  'vue-router',
  'vue-i18n',
  '@vueuse/*',
  'reka-ui',
  'idb',
  'webdav',
  'workbox-*',
  'valibot',
]

// The arrows of docs/design.md: what a folder may import, as folders of src and as packages. Each folder has one wall.
function wall(files, { layers: open, packages: allowed = [] }) {
  const closed = layers.filter((layer) => !open.includes(layer))
  const group = [
    ...closed.flatMap((layer) => [`**/${layer}/**`]),
    ...packages.filter((name) => !allowed.includes(name)),
    '**/server/**',
    '**/tests/**',
  ]
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [{ group }] }] } }
}

export default tseslint.config(
  { ignores: ['dist/', 'dist-server/', 'test-results/', 'data/'] },
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        extraFileExtensions: ['.vue'],
        project: ['src/*/tsconfig.json', 'server/tsconfig.json', 'tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      'vue/first-attribute-linebreak': 'off',
    },
  },
  wall(['src/domain/**'], { layers: ['domain'] }),
  wall(['src/sync/**'], { layers: ['domain', 'sync'], packages: ['valibot'] }),
  wall(['src/adapters/**'], {
    layers: ['domain', 'sync', 'adapters'],
    packages: ['idb', 'webdav', 'valibot'],
  }),
  wall(['src/sw/**'], { layers: ['domain', 'sync', 'sw', 'adapters'], packages: ['workbox-*'] }),
  wall(['src/i18n/**'], { layers: ['domain', 'i18n'], packages: ['vue-i18n'] }),
  wall(['src/app/views/**', 'src/app/components/**', 'src/app/ui/**'], {
    layers: ['app', 'domain', 'i18n'],
    packages: ['vue', 'vue-router', 'vue-i18n', '@vueuse/*', 'reka-ui', 'sortablejs'],
  }),
  wall(['src/app/composables/**', 'src/app/running/**', 'src/app/*.{ts,vue}'], {
    layers: ['app', 'domain', 'i18n', 'sync'],
    packages: [
      'vue',
      'vue-router',
      'vue-i18n',
      '@vueuse/*',
      'workbox-*',
      'sortablejs',
      'diceware-*',
    ],
  }),
  // The two composition roots are the only files that import adapters.
  { files: ['src/app/ports.ts', 'src/sw/sw.ts'], rules: { 'no-restricted-imports': 'off' } },
  // The server shares the domain with the app and nothing else.
  {
    files: ['server/**'],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/src/*/**', '!**/src/domain', '!**/src/domain/**'] }] },
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: { '@typescript-eslint/require-await': 'off', 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs}', '**/vite*.config.ts', 'tests/*.config.ts'],
    ...tseslint.configs.disableTypeChecked,
  },
)
