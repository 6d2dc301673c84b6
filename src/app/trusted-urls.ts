// Under Trusted Types a script address must come from a policy of ours; this one knows a single address.
const path = '/sw.js'

const policy = window.trustedTypes?.createPolicy('lectern', {
  createScriptURL: (url) => {
    if (url !== path) throw new TypeError(`not a script of Lectern: ${url}`)
    return url
  },
})

/** The service worker's address, in the form the browser accepts. */
export const workerUrl = policy?.createScriptURL(path) ?? path
