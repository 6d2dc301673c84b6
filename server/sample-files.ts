import { join } from 'node:path'

/** Where the sample's own pictures, films and sounds lie, seen from the sources as well as from the built server. */
export const sampleMedia = join(import.meta.dirname, '..', 'server', 'sample-media')
