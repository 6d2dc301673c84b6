import type { Converter } from '../../sync/convert/ports.ts'
import { sound } from './sound.ts'
import { still } from './still.ts'

/** What makes films for players that show nothing else. */
export const films: readonly Converter[] = [still, sound]
