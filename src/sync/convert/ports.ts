// What makes one form of media out of another. Everything here rejects only with Failed or with the reason of the
// signal; `onStep` hears the share that is done, from 0 to 1.
export type ConvertOptions = {
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((share: number) => void) | undefined
}

/** What a converter does: its words are for the screen to find. */
export type ConverterLabel =
  /** SVG → PNG. */
  | 'drawing'
  /** HEIC → JPEG. */
  | 'heic'
  /** A picture that lies on its side, set upright. */
  | 'upright'
  /** A picture that is larger than the congregation shows it. */
  | 'scaled'
  /** A picture → a film of a few seconds. */
  | 'still'
  /** Sound → a film of one picture. */
  | 'sound'

/** Makes of a file one that more players show. Rejects with 'not-converted' where it cannot. */
export type Converter = {
  readonly label: ConverterLabel
  /** The extension of what it makes, without a dot; '' where a file keeps its own. */
  readonly extension: string
  /** Whether it takes files of that media type (domain/media-type.ts), which is told by content. */
  accepts(type: string): boolean
  /** Answers the very blob where there is nothing to do. */
  convert(blob: Blob, options?: ConvertOptions): Promise<Blob>
}

/** Documents of many pages. Rejects with 'not-converted' where the file is none, is locked, or has too many. */
export type PageReader = {
  /** Whoever opens one closes it. */
  openPages(file: Blob, options?: ConvertOptions): Promise<OpenPages>
}

export type OpenPages = {
  /** 1 or more. */
  readonly count: number
  /** A small picture of a page, counted from 1, to choose by. */
  thumbnail(page: number, options?: ConvertOptions): Promise<Blob>
  /** A page as it is added: PNG, 2160 pixels high, on white. */
  picture(page: number, options?: ConvertOptions): Promise<Blob>
  close(): Promise<void>
}

/** What is known of a medium by its bytes. Codecs as in RFC 6381, or the short name of one that has none there. */
export type MediumFacts = {
  readonly container: string
  readonly durationS?: number
  readonly width?: number
  readonly height?: number
  readonly videoCodec?: string
  readonly audioCodec?: string
  /** False where its end is missing. */
  readonly isWhole: boolean
}

export type Prober = {
  /** Undefined where the bytes are no medium that it knows. Reads as little as it can. */
  probe(blob: Blob, options?: ConvertOptions): Promise<MediumFacts | undefined>
}

/** All that converts, pages and probes: what only some need, brought when it is first asked for. */
export type Converters = {
  /** What a file becomes before it is added, in the order in which they are asked: each takes what the one before made. */
  readonly incoming: readonly Converter[]
  /** Makes pictures no larger than so many pixels; never larger than they are. */
  scaled(box: { readonly width: number; readonly height: number }): Converter
  readonly pages: PageReader
  readonly prober: Prober
  /** Brings all code, so that it is there without the internet too. Never rejects. */
  warm(): Promise<void>
}
