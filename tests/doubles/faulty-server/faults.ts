/** Trouble with one request, as somebody scripted it. */
export type Fault =
  /** The request never arrives. */
  | { readonly do: 'reset' }
  /** It takes effect, but its answer never arrives. */
  | { readonly do: 'lose answer' }
  /** An answer of that status, and no effect. */
  | { readonly do: 'refuse'; readonly status: number; readonly retryAfterS?: number }
  /** The upload breaks off after that share of its bytes. */
  | { readonly do: 'cut up'; readonly share: number }
  /** So it does, and the server says it has everything. */
  | { readonly do: 'cut up silently'; readonly share: number }
  /** The answer's body breaks off after that share of its bytes: with an error, or as if it were whole. */
  | { readonly do: 'cut down'; readonly share: number; readonly isSilent: boolean }
  /** A listing holds so many entries at most, as if there were no more; `isCut`: it breaks off there, between two. */
  | { readonly do: 'short listing'; readonly entries: number; readonly isCut: boolean }
  /** The answer comes drop by drop and takes so long, milliseconds. */
  | { readonly do: 'trickle'; readonly ms: number }
  /** Somebody's login page, with 200. */
  | { readonly do: 'login page' }
  | { readonly do: 'redirect' }

/** Which request a fault meets: the `at`-th, counted from 0, of all, or of those that change or list something. */
export type ScriptedFault = {
  readonly at: number
  readonly among: 'all' | 'changes' | 'listings'
  readonly fault: Fault
}
