// The outside world as the use cases see it. Every method rejects only with Failed (expected trouble, see
// domain/failure.ts) or with the AbortError of the signal it was given; anything else that is thrown is a bug.
import type { StampedAct } from '../domain/act.ts'
import type { Observation, Question } from '../domain/contact.ts'
import type { Day, Week } from '../domain/day.ts'
import type { Facts } from '../domain/diagnosis.ts'
import type { Failure } from '../domain/failure.ts'
import type { DeviceFile } from '../domain/journal.ts'
import type { Entry, Listing } from '../domain/layout.ts'
import type { CatalogueFile, CatalogueItem, CatalogueWeek, ContentKey } from '../domain/media.ts'
import type { HeldFile } from '../domain/plan.ts'
import type { PlaylistRow } from '../domain/playlist.ts'
import type { FilmName } from '../domain/programme.ts'
import type { ToldReceipt } from '../domain/possession.ts'
import type { PublishedWeek } from '../domain/published-week.ts'
import type { InspectedFiles } from '../domain/readiness.ts'
import type {
  DatedRow,
  DocumentRow,
  MediaRow,
  PublicationDocument,
  PublicationFacts,
} from '../domain/publication.ts'
import type { ForcedSettings, KeptSettings, Settings } from '../domain/settings.ts'
import type { KnownWays, Way, WayKind, WayPlace } from '../domain/way.ts'
import type { Receipt } from './receipt.ts'

type Cancellable = { readonly signal?: AbortSignal | undefined }

/** What time it is, waiting, and names nobody else has. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  today(): Day
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  wait(ms: number, options?: Cancellable): Promise<void>
  /** A fresh random identifier: letters, digits and hyphens. */
  newId(): string
}

/** A body as it arrives. `isPartial` is true when the server honoured the range that was asked for. */
export type RemoteBody = { readonly blob: Blob; readonly isPartial: boolean }

/** Bytes `from` up to but not including `to`. */
export type ByteRange = { readonly from: number; readonly to: number }

/**
 * The congregation's sync folder. Paths as in Entry: decoded, relative, '' is the folder itself. Nothing is retried
 * here; an answer that was lost may have taken effect. A server that accepts and stays silent is 'unreachable' in the
 * end.
 */
export type Remote = {
  /** What lies directly in a folder, without the folder itself. Rejects with 'not-found' where there is none. */
  list(folder: string, options?: Cancellable): Promise<Entry[]>
  /**
   * All that lies in a folder at any depth, by one request; undefined where the server does not do that. Some servers
   * answer with less than there is, as if it were all: only a walk with `list` can tell (sync/deep-listing.ts).
   */
  listDeep(folder: string, options?: Cancellable): Promise<Entry[] | undefined>
  /** The entry at a path, undefined where there is none. */
  stat(path: string, options?: Cancellable): Promise<Entry | undefined>
  /** The bytes of a file; with `range`, those bytes if the server can, else all. Caches are not asked. */
  read(path: string, options?: Cancellable & { range?: ByteRange }): Promise<RemoteBody>
  /** Writes a file in place. Not atomic on all servers: see design decision 5. `onSent` hears bytes sent so far. */
  write(
    path: string,
    body: Blob,
    options?: Cancellable & { onSent?: (bytes: number) => void },
  ): Promise<void>
  /** Makes a folder whose parent exists; one that exists already is fine. */
  makeFolder(path: string, options?: Cancellable): Promise<void>
  /** Moves a file or folder. Without `overwrite` an existing target is a 'conflict' and stays as it is. */
  move(from: string, to: string, options?: Cancellable & { overwrite?: boolean }): Promise<void>
  /** Removes a file or folder with all in it; one that is gone already is fine. */
  remove(path: string, options?: Cancellable): Promise<void>
  /**
   * What time it was by the server's clock when it answered last, milliseconds since 1970; undefined where it does not
   * say, or the browser may not read it.
   */
  serverTime(): number | undefined
}

/** Single questions to a server, for whoever wants to know why it cannot be used; no answer is 'nothing'. */
export type Probe = {
  /** Asks about a path on the server: absolute, decoded. Rejects only with the reason of the signal. */
  ask(question: Question, options: Cancellable & { readonly path: string }): Promise<Observation>
  /** What the server tells of a path, as `ask`; nothing where it refuses. */
  properties(
    options: Cancellable & { readonly path: string },
  ): Promise<Pick<Facts, 'etag' | 'spaceBytes'>>
}

/**
 * Publications that JW.org packed into one file (JWPUB). Whatever is in them, an opened one answers in bounded time and
 * memory or rejects with 'bad-publication'.
 */
export type PublicationReader = {
  /** Rejects with 'bad-publication' where the file is none, or is not whole. Whoever opens one closes it. */
  open(file: Blob, options?: Cancellable): Promise<OpenPublication>
}

/** A publication's tables of contents are read when it is opened, all else when it is asked for. */
export type OpenPublication = {
  readonly facts: PublicationFacts
  /** In the order of their days. */
  readonly dated: readonly DatedRow[]
  /** In the publication's own order. */
  readonly documents: readonly DocumentRow[]
  /** Undefined where there is none of that id. */
  document(id: number): Promise<PublicationDocument | undefined>
  /** The media of all documents at once. */
  overview(): Promise<PublicationOverview>
  /** The bytes of a picture by its bare name; undefined where there is none. */
  picture(path: string): Promise<Blob | undefined>
  close(): Promise<void>
}

/** The rows that `document` gives of each, by its id, and by their bare names how many bytes the pictures have. */
export type PublicationOverview = {
  readonly media: ReadonlyMap<number, readonly MediaRow[]>
  readonly sizes: ReadonlyMap<string, number>
}

/**
 * Playlists that JW Library packed into one file. Whatever is in them, an opened one answers in bounded time and memory
 * or rejects with 'bad-playlist'.
 */
export type PlaylistReader = {
  /** Rejects with 'bad-playlist' where the file is none, or is not whole. Whoever opens one closes it. */
  openPlaylist(file: Blob, options?: Cancellable): Promise<OpenPlaylist>
}

export type OpenPlaylist = {
  /** '' where it has none. */
  readonly name: string
  /** In the playlist's own order. */
  readonly rows: readonly PlaylistRow[]
  /** The bytes of a file in it by its bare name; undefined where there is none. */
  part(path: string): Promise<Blob | undefined>
  close(): Promise<void>
}

/** What was learned of the ways to JW.org; each word holds for a day. */
export type Ways = {
  known(): Promise<KnownWays>
  learn(place: WayPlace, way: Way): Promise<void>
}

/** What JW.org's media service is asked for: a publication in one file, a film in all its sizes, or sound alone. */
export type MediaQuestion = FilmName & {
  readonly kind: 'publication' | 'film' | 'sound'
  /** JW.org's code of a language. */
  readonly language: string
}

/** A film's subtitles; the service does not say how long they are. `md5` is lower-case hex. */
export type SubtitlesFile = { readonly url: string; readonly md5: string }

/** A place in a sign-language film, each time as the service writes it: `00:01:02.500`. */
export type FilmMarker = {
  readonly label: string
  readonly startTime: string
  readonly duration: string
  readonly endTransitionDuration: string
}

/** One file that the service offers. */
export type PublishedFile = CatalogueFile & {
  readonly title: string
  /** How high its picture is, in lines; 0 where it has none. */
  readonly lines: number
  /** Words are part of its picture. */
  readonly hasBurnedInSubtitles: boolean
  readonly symbol: string
  readonly track: number
  readonly durationS: number
  readonly subtitles?: SubtitlesFile
  readonly markers?: readonly FilmMarker[]
}

/** JW.org's public media service. Nothing is retried or kept here. */
export type MediaService = {
  /** The files as the service orders them; none where nothing like it is published in that language. */
  ask(question: MediaQuestion, options?: Cancellable): Promise<readonly PublishedFile[]>
  /** Where a person may open the same files: a tab is shown what a page may not read. */
  readonly page?: (question: MediaQuestion) => string
}

/** A part of JW.org's film library. With `hasParts` its films are in further parts. */
export type FilmCategory = {
  readonly key: string
  readonly name: string
  readonly hasParts: boolean
}

/** A film of the library: `key` names it in every language, `picture` is the address of a small picture. */
export type LibraryFilm = {
  readonly key: string
  readonly title: string
  readonly durationS: number
  readonly picture?: string
  readonly files: readonly PublishedFile[]
}

/** A category or a film of the library, in one language. */
export type LibraryName = { readonly language: string; readonly key: string }

/** JW.org's film library. Nothing is retried or kept here; what there is not in the language is none. */
export type FilmLibrary = {
  /** The parts of a category, in the library's order. */
  parts(of: LibraryName, options?: Cancellable): Promise<readonly FilmCategory[]>
  /** All films of a category, in the library's order, however many requests that takes. */
  films(of: LibraryName, options?: Cancellable): Promise<readonly LibraryFilm[]>
  /** One film: none, or the only one. */
  film(of: LibraryName, options?: Cancellable): Promise<readonly LibraryFilm[]>
}

/**
 * What was answered to a question, and when, milliseconds since 1970. `isByHand` where nobody could be asked, and it was
 * learned from a file that a person saved: it names no address, and a true answer takes its place.
 */
export type KeptAnswer = { readonly text: string; readonly at: number; readonly isByHand?: true }

/** What JW.org gave, kept on this device so that it is asked for once. */
export type Shelf = {
  answer(question: string): Promise<KeptAnswer | undefined>
  /** An answer of now, unless another time is given. */
  putAnswer(
    question: string,
    text: string,
    options?: Partial<Pick<KeptAnswer, 'at' | 'isByHand'>>,
  ): Promise<void>
  /** True where all bytes of a file are here. */
  holds(md5: string): Promise<boolean>
  /**
   * The bytes of a file, fetched where they are not here yet: part by part, what has arrived stays. `onReceived` hears
   * how many are here so far, unless they are on their way for somebody else.
   */
  file(
    file: CatalogueFile,
    options?: Cancellable & { readonly onReceived?: ((bytes: number) => void) | undefined },
  ): Promise<Blob>
  /**
   * Keeps bytes that came out of a publication, or that a person brings; answers their MD5, lower-case hex. `md5` where
   * somebody has computed it already.
   */
  keep(body: Blob, options?: { readonly md5?: string }): Promise<string>
}

/** What JW.org publishes. An item that cannot be had is among the missing; the week never fails for one item. */
export type Catalogue = {
  /**
   * `known` is what was answered before for this week: it stays where nothing changed, and where nothing can be learned.
   * `onTrouble` hears why JW.org could not be asked, or its answers not be kept.
   */
  week(
    week: Week,
    settings: Settings,
    options: Cancellable & {
      readonly shelf: Shelf
      readonly known?: CatalogueWeek | undefined
      readonly onTrouble?: ((failure: Failure) => void) | undefined
    },
  ): Promise<CatalogueWeek>
  /** The bytes of a file that is on the network, as Remote.read. */
  read(
    url: CatalogueItem['url'],
    options?: Cancellable & { range?: ByteRange },
  ): Promise<RemoteBody>
}

/** The directory on disk that the hall plays from. Paths are `folder/file` or `file`, parted by '/'. */
export type MediaFolder = {
  readonly name: string
  /** The files directly in a subfolder ('' for the top); none where there is no such folder. */
  list(folder: string): Promise<FolderFile[]>
  /** The bytes of a file, undefined where there is none. */
  read(path: string): Promise<Blob | undefined>
  /**
   * Writes a whole file, making its folder; the old content stays until all is written, but a crash may leave an empty
   * file behind. Answers what stands there now.
   */
  write(path: string, body: Blob, options?: Cancellable): Promise<FolderFile>
  /** Removes a file; one that is gone already is fine. */
  remove(path: string): Promise<void>
  /** Removes a subfolder if nothing is left in it. */
  removeEmpty(folder: string): Promise<void>
}

/** `modified` in milliseconds since 1970, as the file system keeps it. */
export type FolderFile = {
  readonly path: string
  readonly size: number
  readonly modified: number
}

/** This browser on this device; `id` names its file in the sync folder. */
export type Device = { readonly id: string; readonly name: string }

/** Where a congregation's sync folder is. Holds no secret. */
export type Connection = {
  /** Scheme, host and port: `https://example.org:8443`. */
  readonly origin: string
  readonly user: string
  /** Absolute path on the server, decoded, with '/' at both ends. */
  readonly folder: string
  /** The password is asked for each time Lectern is opened and never kept on this device. */
  readonly asksPassword?: true
}

/** One congregation on this device. Without a connection its acts hold for this device alone. */
export type Profile = {
  readonly id: string
  readonly name: string
  readonly connection?: Connection
  /** Where its sync folder was when congregation sync was switched off: what is kept of it belongs there. */
  readonly formerly?: Pick<Connection, 'origin' | 'folder'>
}

/** The last listing that passed the gate, and when, milliseconds since 1970. */
export type StoredListing = Listing & {
  readonly at: number
  /** It still holds what vanished in numbers nobody has confirmed. */
  readonly isDoubtful?: true
  /** This device's clock and the server's were more than a day apart: what is past and what is not is uncertain. */
  readonly isClockWrong?: true
}

/**
 * What a document of the sync folder was read from: `version` is the text of the entry's version; `unsettledAt` is when,
 * milliseconds since 1970, if it might still change then without showing.
 */
export type ReadFrom = { readonly version: string; readonly unsettledAt?: number }

/** The last readable content of each device's file. */
export type StoredJournals = Readonly<Record<string, ReadFrom & { readonly file: DeviceFile }>>

/** By Monday: the list that counts, and the digests by which its device speaks of it and of the settings it was made under. */
export type StoredWeeks = Readonly<
  Record<
    string,
    { readonly digest: string; readonly settings: string; readonly list: PublishedWeek }
  >
>

/** Whether one deep listing tells what a walk through the folders tells; learned at `at`, milliseconds since 1970. */
export type DeepListing = { readonly isTrue: boolean; readonly at: number }

/** Whether the account may change the sync folder: learned at `at`, milliseconds since 1970. */
export type Access = { readonly canWrite: boolean; readonly at: number }

/** Why acts wait that were tried, by their ids; `at` is when, milliseconds since 1970. */
export type Waits = Readonly<Record<string, { readonly failure: Failure; readonly at: number }>>

/** What is to be told of the last update, once the account is known to allow it and the sync folder answers. */
type Untold = { readonly receipt?: ToldReceipt }

/** Whether nothing goes out by itself, because the user stopped the sending. */
type Pause = { readonly isPaused: boolean }

/**
 * The last readable content of the congregation-wide settings: `at` is when they were last written by the server's clock,
 * milliseconds since 1970, where it tells; `ignored` are the paths in the file whose values make no sense.
 */
export type StoredForced = ReadFrom & {
  readonly forced: ForcedSettings
  readonly at?: number
  readonly ignored?: readonly string[]
}

/** What JW.org's media service answered, by question. */
export type StoredAnswers = Readonly<Record<string, KeptAnswer>>

/** What the last export left in the media folder: by the paths there, the content keys of the files. */
export type Exported = Readonly<Record<string, ContentKey>>

/** The documents kept for each profile. */
export type Documents = {
  /** This device's own; what the congregation forces never changes them. */
  settings: KeptSettings
  forced: StoredForced
  listing: StoredListing
  journals: StoredJournals
  /** This device's own acts and notes, as they stand in its file, or will. */
  ownJournal: DeviceFile
  catalogue: Readonly<Record<Week, CatalogueWeek>>
  answers: StoredAnswers
  /** What JW.org told of songs and films that somebody looked through, by question. */
  browsed: StoredAnswers
  ways: KnownWays
  /** When a person last brought some of a kind by hand, milliseconds since 1970. */
  handed: Readonly<Partial<Record<WayKind, number>>>
  /** The lists of weeks that other devices published, as far as they are needed. */
  weeks: StoredWeeks
  exported: Exported
  /** What was learned of media by playing it here, by content key; a bounded number. */
  inspected: InspectedFiles
  /** Of the last update. */
  receipt: Receipt
  untold: Untold
  /** What was learned about this connection; gone with it. */
  deepListing: DeepListing
  access: Access
  waits: Waits
  pause: Pause
}

/** An act that waits to be sent. `isSent` once it took effect on the server but is not yet in this device's file. */
export type OutboxItem = { readonly stamped: StampedAct; readonly isSent: boolean }

/** Bytes to keep, with the content key they were hashed to. */
export type NewBlob = { readonly key: ContentKey; readonly body: Blob }

/** A part of a big file: `from` is its first byte, `hashes` are SHA-256 of its 8 MiB slices, `at` is when it came. */
type NewPart = {
  readonly from: number
  readonly body: Blob
  readonly hashes: readonly Uint8Array[]
  readonly at: number
}

/** A big file on its way: the parts that have arrived, in order, without gaps. */
type Download = {
  readonly parts: readonly { readonly size: number; readonly hashes: readonly Uint8Array[] }[]
}

/** A file that was shared with Lectern and has no day yet: `at` is when it came, milliseconds since 1970. */
export type InboxFile = {
  /** Given by the store, and never again to another file. */
  readonly id: number
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly at: number
}

/** A file for the inbox, as it was given. */
export type NewInboxFile = Pick<InboxFile, 'name' | 'at'> & { readonly body: Blob }

/**
 * The manifest, the blobs and all that must survive a closed tab. Each method is one transaction: after it resolves its
 * effect is durable, before that nobody sees any of it. A full disk rejects with 'quota' and changes nothing. Rows
 * belong to a profile; blobs are shared by all and live as long as a manifest row or an outbox act names them.
 */
export type Store = {
  device(): Promise<Device>
  renameDevice(name: string): Promise<void>

  profiles(): Promise<Profile[]>
  putProfile(profile: Profile): Promise<void>
  /** Removes the profile, everything kept for it, and the blobs nobody else names. */
  dropProfile(id: string): Promise<void>

  document<K extends keyof Documents>(profile: string, kind: K): Promise<Documents[K] | undefined>
  putDocument<K extends keyof Documents>(
    profile: string,
    kind: K,
    value: Documents[K],
  ): Promise<void>

  /** In the order the acts were done. */
  outbox(profile: string): Promise<OutboxItem[]>
  /** Adds an act, with the bytes it needs, which become visible together with it. */
  enqueue(profile: string, act: StampedAct, blobs?: readonly NewBlob[]): Promise<void>
  /** Marks acts as sent. */
  markSent(profile: string, ids: readonly string[]): Promise<void>
  dequeue(profile: string, ids: readonly string[]): Promise<void>

  heldFiles(profile: string): Promise<HeldFile[]>
  /** Writes manifest rows together with the bytes they name, where those are new. */
  putFiles(profile: string, rows: readonly HeldFile[], blobs?: readonly NewBlob[]): Promise<void>
  dropFiles(profile: string, refs: readonly string[]): Promise<void>
  /** Marks rows as no longer wanted. */
  forgetFiles(profile: string, refs: readonly string[], at: number): Promise<void>

  blobKeys(): Promise<Set<ContentKey>>
  /** The whole bytes of a key; undefined when they are not, or not completely, here. */
  blob(key: ContentKey): Promise<Blob | undefined>
  /** Removes blobs that no row and no act names, and downloads that began before `startedBefore`. */
  collect(startedBefore: number): Promise<void>

  /** The parts of a download; `id` names file and version, so that another version starts afresh. */
  download(id: string): Promise<Download>
  /** The bytes of a download that have arrived. */
  downloaded(id: string): Promise<Blob>
  /** Appends the next part. One that does not begin where the last ended is left out: somebody else was faster. */
  putPart(id: string, part: NewPart): Promise<void>
  /** Turns a complete download into a blob and its manifest row. */
  commitDownload(profile: string, id: string, row: HeldFile): Promise<void>
  dropDownload(id: string): Promise<void>

  /** What was shared with this device, in the order it came. It belongs to no congregation, and outlives them. */
  inbox(): Promise<InboxFile[]>
  /** The bytes of a file in the inbox; undefined where it is there no more. */
  inboxBody(id: number): Promise<Blob | undefined>
  /** Adds files to the inbox, in their order: all of them or none. */
  putInbox(files: readonly NewInboxFile[]): Promise<void>
  dropInbox(ids: readonly number[]): Promise<void>
}

/** A password, kept so that this device can use it and no export or log can show it. */
export type Secrets = {
  /** Undefined where none is at hand, or what is kept cannot be decrypted any more: then it is asked for, never guessed. */
  password(profile: string): Promise<string | undefined>
  /** Keeps it on this device. */
  putPassword(profile: string, password: string): Promise<void>
  /** Wipes it at once, and with the last one the key. */
  dropPassword(profile: string): Promise<void>
}

/** The secrets of a page, whose memory has what this device must not keep. */
export type PageSecrets = Secrets & {
  /** Holds a password for as long as this page is open, and wipes the one that was kept. */
  holdPassword(profile: string, password: string): Promise<void>
  heldPassword(profile: string): string | undefined
}
