import { computed, reactive, ref, shallowRef } from 'vue'
import { writeInvitation, type Role } from '../../domain/invitation.ts'
import { fourWords, sealPassword } from '../../sync/invitation.ts'
import type { Connection } from '../../sync/ports.ts'
import { invitationMark } from '../arrival.ts'
import { profileInBrowserSpelling } from './browser-origin.ts'
import { useSession } from './useSession.ts'

/** An invitation that can be handed on; `words` where the password is in it, sealed. */
export type Offer = { readonly link: string; readonly words?: string }

type OfferForm = { role: Role; hasPassword: boolean; user: string; password: string }

/** Makes invitations to the sync folder of the open congregation; nothing of one is kept. */
export function useInvitationOffer() {
  const { ports, profile, snapshot } = useSession()
  const form = reactive(blankForm())
  const offer = shallowRef<Offer>()
  const isMissingPassword = ref(false)
  const connection = computed((): Connection | undefined => {
    // Whoever joins spells it so, and what is sealed is bound to it.
    const own = profile.value && profileInBrowserSpelling(profile.value).connection
    return own && { origin: own.origin, folder: own.folder, user: form.user.trim() }
  })
  const isOwnAccount = computed(() => form.user.trim() === profile.value?.connection?.user)

  // With an account that may only look nobody can prepare anything.
  const isReaderForVo = computed(
    () => form.role === 'vo' && isOwnAccount.value && snapshot.value?.access?.canWrite === false,
  )

  function blankForm(): OfferForm {
    const user = profile.value?.connection?.user ?? ''
    return { role: 'operator', hasPassword: true, user, password: '' }
  }

  // The password of this device fits its own account alone.
  async function passwordToSeal(): Promise<string | undefined> {
    const id = profile.value?.id
    if (form.password !== '') return form.password
    return id !== undefined && isOwnAccount.value ? ports.secrets.password(id) : undefined
  }

  async function make(): Promise<void> {
    if (!connection.value || isReaderForVo.value) return
    const password = form.hasPassword ? await passwordToSeal() : undefined
    isMissingPassword.value = form.hasPassword && password === undefined
    if (isMissingPassword.value) return
    offer.value = await offerOf(connection.value, password)
    form.password = ''
  }

  async function offerOf(invited: Connection, password: string | undefined): Promise<Offer> {
    const { origin, folder, user } = invited
    const name = profile.value?.name ?? ''
    const open = { origin, folder, user, name, role: form.role }
    if (password === undefined) return { link: linkTo(writeInvitation(open)) }
    const words = await fourWords()
    const sealed = await sealPassword(password, { words, connection: invited })
    return { link: linkTo(writeInvitation({ ...open, sealed })), words }
  }

  return {
    form,
    offer,
    /** The account's password is not at hand here. */
    needsPassword: computed(
      () => form.hasPassword && (!isOwnAccount.value || isMissingPassword.value),
    ),
    isMissingPassword,
    /** The account is this device's own and may only look, but is to prepare media. */
    isReaderForVo,
    /** The sync folder is on this very computer, where no other device finds it. */
    isHereOnly: computed(() => connection.value?.origin.startsWith('http:') === true),
    make,
    /** Gives up the offer and all answers; the next one is for somebody else. */
    discard: (): void => {
      offer.value = undefined
      isMissingPassword.value = false
      Object.assign(form, blankForm())
    },
  }
}

function linkTo(payload: string): string {
  return new URL(`welcome${invitationMark}${payload}`, location.origin + import.meta.env.BASE_URL)
    .href
}
