import { computed, shallowRef, watch } from 'vue'
import { readInvitation } from '../../domain/invitation.ts'
import { keepPassword } from '../../sync/connect.ts'
import { openPassword } from '../../sync/invitation.ts'
import type { Profile } from '../../sync/ports.ts'
import { arrived } from '../arrival.ts'
import { addOnce, congregationAt } from '../running/adding.ts'
import { inBrowserSpelling } from './browser-origin.ts'
import { isPasswordRefused } from './password-trial.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** What keeps somebody from joining: the words, or a server that refuses the password that was typed or was sealed. */
export type Refusal = 'words' | 'password' | 'sealed'

/** What somebody answers to an invitation. */
export type Answer = {
  /** The secret words, or the password where none is sealed. */
  readonly secret: string
  /** What to call the congregation where the invitation does not name it. */
  readonly name: string
  readonly isRemembered: boolean
}

/** An invitation that this device was sent: read, put aside, joined. */
export function useInvitation() {
  const session = useSession()
  const { ports } = session
  const { sendNow } = useRunner()
  const read = computed(() => (arrived.value === undefined ? undefined : readUsable(arrived.value)))
  const invitation = computed(() => (typeof read.value === 'object' ? read.value : undefined))
  /** The congregation that had the invitation's sync folder on this device before anybody joined. */
  const known = shallowRef<Profile>()
  watch(
    invitation,
    (sent) => (known.value = sent && congregationAt(sent, session.profiles.value)),
    { immediate: true },
  )

  /** Joins with what was typed; or says what keeps this device from it. Broken off by its signal it does neither. */
  async function join(answer: Answer, signal: AbortSignal): Promise<Refusal | undefined> {
    const { secret, name, isRemembered } = answer
    const joined = invitation.value
    if (!joined) return undefined
    const { origin, user, folder, sealed } = joined
    const connection = { origin, user, folder }
    const password = sealed ? await openPassword(sealed, { words: secret, connection }) : secret
    if (password === undefined) return 'words'
    // A slip of the finger is told at once; any other trouble the week shows, and it may pass.
    if (password === '' || (await isPasswordRefused(ports, { connection, password, signal })))
      return sealed ? 'sealed' : 'password'
    if (signal.aborted) return undefined
    const kept = isRemembered ? connection : { ...connection, asksPassword: true as const }
    const make = async (id: string) => {
      await keepPassword(ports.secrets, { id, connection: kept }, password)
      await ports.store.putProfile({ id, name: joined.name || name, connection: kept })
    }
    await enter(await addOnce(ports, { connection, make }))
    return undefined
  }

  async function enter(id: string): Promise<void> {
    await session.open(id)
    void sendNow()
  }

  return {
    invitation,
    problem: computed(() => (typeof read.value === 'string' ? read.value : undefined)),
    known,
    /** Another congregation was open when this began. */
    hadCongregation: session.profile.value !== undefined,
    /** Takes a text that somebody pasted for an invitation. */
    paste: (text: string): void => {
      arrived.value = text
    },
    /** Forgets it: it was joined, or nobody wants it now. */
    putAside: (): void => {
      arrived.value = undefined
    },
    join,
    /** Opens the congregation that this device has already. */
    openKnown: async (): Promise<void> => {
      if (known.value) await enter(known.value.id)
    },
  }
}

function readUsable(text: string) {
  const read = readInvitation(text)
  return typeof read === 'string' ? read : (inBrowserSpelling(read) ?? 'damaged')
}
