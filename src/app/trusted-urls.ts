// Under Trusted Types a script address must come from a policy of ours; this one knows the service worker, and the
// files that the build has made: nothing that users bring lies beside them.
const path = '/sw.js'
const built = import.meta.env.DEV ? '/src/' : '/assets/'

const policy = window.trustedTypes?.createPolicy('lectern', {
  createScriptURL: (url) => {
    if (url !== path && !url.startsWith(built))
      throw new TypeError(`not a script of Lectern: ${url}`)
    return url
  },
})

/** The address of a script of ours, in the form the browser accepts. */
export function trustedScript(url: string) {
  return policy?.createScriptURL(url) ?? url
}

/** The service worker's address, in the form the browser accepts. */
export const workerUrl = trustedScript(path)
