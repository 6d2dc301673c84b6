/** The form in which a browser with Trusted Types accepts a script's address; the types of the DOM know texts only. */
export type TrustScript = (url: string) => string | TrustedScriptURL

/** Starts a worker of ours. */
export function startWorker(url: string, trust: TrustScript): Worker {
  return new Worker(trust(url) as string, { type: 'module' })
}
