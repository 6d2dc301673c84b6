import type { MediaSettings } from '../../domain/media-settings.ts'
import type { Clock, MediaService } from '../ports.ts'
import type { Run } from './asking.ts'
import type { Library } from './library.ts'
import type { Questions } from './questions.ts'
import type { ReadFile } from './reading.ts'

/** What making a week's programme needs. */
export type WeekScene = Run & {
  readonly questions: Questions
  readonly library: Library
  readonly readFile: ReadFile
  readonly clock: Clock
  readonly page?: MediaService['page'] | undefined
  readonly media: MediaSettings
  /** The languages to try, the preferred first; never empty. */
  readonly languages: readonly string[]
}
