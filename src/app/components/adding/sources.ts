/** Where the VO takes media from; a collection is a file from which he takes some. */
export type AddSource =
  | { readonly of: 'sheet' | 'song' | 'film' }
  | { readonly of: 'publication'; readonly file?: File }
  | { readonly of: 'playlist'; readonly file: File }
