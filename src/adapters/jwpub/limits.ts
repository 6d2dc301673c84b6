/** How much a publication may be: real ones stay far below, and what is above would take a tablet's memory. */
export const limits = {
  fileBytes: 150_000_000,
  /** All entries of one ZIP together, inflated. */
  inflatedBytes: 400_000_000,
  entries: 5000,
  /** The list of contents at the end of a ZIP. */
  directoryBytes: 4_000_000,
  manifestBytes: 4_000_000,
  /** Of one list: documents, or the paragraphs of one of them. */
  rows: 20_000,
  /** Of what one document shows, and of what it has people look up: each of them is looked for. */
  shown: 1000,
  /** A playlist holds people's own films: those come piece by piece, and only when they are asked for. */
  playlistBytes: 2_000_000_000,
  /** All entries of a playlist together, inflated, for each byte of it, where that is more than `inflatedBytes`. */
  playlistRatio: 4,
  /** The database of a playlist. */
  databaseBytes: 50_000_000,
  /** Of a title, label or caption; what is longer is cut. */
  characters: 1000,
} as const
