import { expect, test } from 'vitest'
import { recipeFor, recipeNames } from '../../../src/app/components/connection/recipes.ts'

const origin = 'https://media.example.org'

// The relay stands at the app's own address: nobody has to let anybody in.
const lettingIn = recipeNames.filter((name) => name !== 'relay')

test.each(lettingIn)(
  'the recipe for %s lets this very app in, not the one of the example',
  (name) => {
    const text = recipeFor(name, origin)
    expect(text).toContain(origin)
    expect(text).not.toContain('lectern.example')
  },
)

test.each(['apache', 'nginx', 'caddy'] as const)('the recipe for %s is whole', (name) => {
  const text = recipeFor(name, origin)
  for (const word of ['OPTIONS', 'PROPFIND', 'MOVE', 'Depth', 'Destination', 'Overwrite'])
    expect(text).toContain(word)
})

test.each(['nextcloud', 'rclone', 'relay'] as const)(
  'of the page about %s it is one part, as it can be sent by mail',
  (name) => {
    const text = recipeFor(name, origin)
    expect(text.length).toBeGreaterThan(200)
    expect(text).not.toMatch(/^#|^```|\]\(|\*\*/m)
  },
)

test('for a provider that lets nobody in, the recipe is how the relay is started', () => {
  expect(recipeFor('relay', origin)).toContain('--upstream koofr=')
})
