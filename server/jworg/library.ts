// The sample's film library: which films it has besides those of its publications, and in which categories they are.

/** A film of the library: `track` is its number under the library's symbol, `file` what it plays. */
type LibraryFilm = {
  readonly track: number
  readonly title: string
  readonly file: string
  readonly durationS: number
}

/** A category with films, or one with other categories. All names are the project's own. */
export type Category = { readonly key: string; readonly name: string } & (
  { readonly parts: readonly Category[] } | { readonly films: readonly string[] }
)

/** The symbol under which the library's own films are. */
export const librarySymbol = 'smpv'

const short = { file: 'conversation.mp4', durationS: 6 }
const letter = { file: 'letter.mp4', durationS: 7 }
const greetings = { file: 'greetings.mp4', durationS: 8 }
const evening = { file: 'evening.mp4', durationS: 60 }

/** The library's own films; those with odd numbers exist in Spanish too. */
export const libraryFilms: readonly LibraryFilm[] = [
  { track: 1, title: 'Bread for a Neighbour', ...letter },
  { track: 2, title: 'The Potter at His Wheel', ...short },
  { track: 3, title: 'Three Brothers and a Boat', ...evening },
  { track: 4, title: 'A Garden on the Roof', ...greetings },
  { track: 5, title: 'How Swallows Find Their Way', ...evening },
  { track: 6, title: 'Café Lumière: A Talk at the Table', ...short },
  { track: 7, title: 'The Lamp in the Window', ...letter },
  { track: 8, title: 'Old Maps, New Roads', ...greetings },
  { track: 9, title: 'What Rain Does for a Field', ...evening },
  { track: 10, title: 'Anna Learns to Wait', ...short },
  { track: 11, title: 'Anna Shares Her Bread', ...letter },
  { track: 12, title: 'Anna and the Broken Cup', ...greetings },
  { track: 13, title: 'Tom Says He Is Sorry', ...short },
  { track: 14, title: 'Tom Helps at Home', ...letter },
  { track: 15, title: 'The Honeybee’s Dance', ...evening },
  { track: 16, title: 'The Wing of a Dragonfly', ...greetings },
  { track: 17, title: 'The Long Bridge', ...letter },
  { track: 18, title: 'Building a Hall in Nine Days', ...evening },
  { track: 19, title: 'A Hundred Chairs', ...short },
  { track: 20, title: 'Kind Words on a Hard Day', ...greetings },
]

const own = (...tracks: readonly number[]) =>
  tracks.map((track) => `pub-${librarySymbol}_${track}_VIDEO`)
const elsewhere = ['pub-smpl_3_VIDEO', 'docid-502000001_1_VIDEO']

// What is new; the library's root does not name it.
const latest: Category = {
  key: 'LatestVideos',
  name: 'Latest Videos',
  films: [...own(20, 19), ...elsewhere, ...own(18, 17, 16, 15)],
}

/** The root of the library. */
export const root: Category = {
  key: 'VideoOnDemand',
  name: 'Videos',
  parts: [
    {
      key: 'VODStudio',
      name: 'From Our Studio',
      parts: [
        { key: 'StudioFeatured', name: 'Featured', films: own(20, 6, 1) },
        { key: 'StudioTalks', name: 'Talks', films: own(2, 6, 10, 13) },
        { key: 'StudioNews', name: 'News', films: own(18, 19) },
      ],
    },
    {
      key: 'VODChildren',
      name: 'For Children',
      parts: [
        { key: 'ChildrenFeatured', name: 'Featured', films: own(12) },
        { key: 'ChildrenAnna', name: 'Stories of Anna', films: own(10, 11, 12) },
        { key: 'ChildrenTom', name: 'Stories of Tom', films: own(13, 14) },
      ],
    },
    {
      key: 'VODNature',
      name: 'Made With Skill',
      parts: [
        { key: 'NatureAnimals', name: 'Animals', films: own(5, 15, 16) },
        { key: 'NatureLand', name: 'Land and Weather', films: ['pub-smpl_5_VIDEO', ...own(9, 4)] },
      ],
    },
    { key: 'VODMovies', name: 'Films', films: own(3, 7, 8, 17) },
    {
      key: 'VODMinistry',
      name: 'Conversations',
      films: ['pub-mwbv_202611_1_VIDEO', 'docid-502000001_1_VIDEO', ...own(20)],
    },
  ],
}

/** The category with a key, undefined where there is none. */
export function categoryOf(key: string): Category | undefined {
  return key === latest.key ? latest : within(root, key)
}

function within(category: Category, key: string): Category | undefined {
  if (category.key === key) return category
  if (!('parts' in category)) return undefined
  return category.parts.map((part) => within(part, key)).find(Boolean)
}

/** The first category below the root that a film is in. */
export function firstCategoryOf(film: string, from: Category = root): string | undefined {
  if ('films' in from) return from.films.includes(film) ? from.key : undefined
  return from.parts.map((part) => firstCategoryOf(film, part)).find(Boolean)
}
