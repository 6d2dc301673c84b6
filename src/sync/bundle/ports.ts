/** A file of a bundle: `path` is parted by '/', `modified` in milliseconds since 1970. */
export type BundleFile = {
  readonly path: string
  readonly body: Blob
  readonly modified: number
}

/** Many files in one, written once. */
export type Bundle = {
  /** Answers the whole. Bytes are read one file after the other and never held all at once. */
  write(
    files: AsyncIterable<BundleFile> | Iterable<BundleFile>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Blob>
}
