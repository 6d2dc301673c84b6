import { inject } from 'vue'
import { sessionKey, type Session } from '../session.ts'

/** The open congregation and the ports behind it. */
export function useSession(): Session {
  const session = inject(sessionKey)
  if (!session) throw new Error('useSession needs the app that main.ts makes')
  return session
}
