/** As much of the browser's ExtendableMessageEvent as is needed; `id` where a page has sent it. */
export type Message = {
  readonly data: unknown
  readonly source: { readonly id?: string; postMessage(answer: unknown): void } | null
  waitUntil(work: Promise<unknown>): void
}
