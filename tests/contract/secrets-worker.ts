// A context without a window, as the service worker is one: says which password it finds.
import { browserSecrets } from '../../src/adapters/secrets/secrets.ts'

type Question = { readonly name: string; readonly profile: string }

addEventListener('message', ({ data: { name, profile } }: MessageEvent<Question>) => {
  void browserSecrets(name).password(profile).then(postMessage)
})
