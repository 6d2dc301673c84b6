/** `onTaken` is called once all that was taken of it was added. */
type Taken = {
  readonly onTaken?: (() => Promise<void>) | undefined
  /** Tells one that is opened from the next. */
  readonly id?: number
}

/** Where the VO takes media from; a collection is a file from which he takes some. */
export type AddSource =
  | { readonly of: 'sheet' | 'song' | 'film' | 'inbox' }
  | ({ readonly of: 'publication'; readonly file?: File } & Taken)
  | ({ readonly of: 'playlist' | 'pages'; readonly file: File } & Taken)
