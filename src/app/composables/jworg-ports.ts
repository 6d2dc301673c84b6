import { bring } from '../../sync/bring.ts'
import type { Catalogue } from '../../sync/ports.ts'
import type { Session } from '../session.ts'

/** What adding from JW.org, its publications and playlists needs; rejects with 'unreachable' where its code cannot come. */
export async function jworgPorts({ ports }: Session, profile: string) {
  const [{ service }, reader] = await bring(() =>
    Promise.all([ports.openJworg(profile), ports.publicationReader()]),
  )
  const catalogue = ports.catalogueOf(profile)
  const readFile: Catalogue['read'] = (url, options) => catalogue.read(url, options)
  return { ...ports, service, reader, readFile }
}
