import type { MediaSettings } from '../../domain/media-settings.ts'
import type { Catalogue } from '../ports.ts'
import type { Run } from './asking.ts'
import type { Library } from './library.ts'
import type { Questions } from './questions.ts'

/** What making a week's programme needs. */
export type WeekScene = Run & {
  readonly questions: Questions
  readonly library: Library
  readonly readFile: Catalogue['read']
  readonly media: MediaSettings
  /** The languages to try, the preferred first; never empty. */
  readonly languages: readonly string[]
}
