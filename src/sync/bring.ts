import { Failed } from '../domain/failure.ts'

/**
 * Brings code that comes when it is first needed. Rejects with 'unreachable' where it is not here yet and the network
 * does not let it come: browsers throw a TypeError then, which is nobody's bug.
 */
export async function bring<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw error instanceof TypeError ? new Failed({ kind: 'unreachable' }, { cause: error }) : error
  }
}
