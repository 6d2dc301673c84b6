import { shallowRef } from 'vue'

/** What begins the fragment of an invitation's link. */
export const invitationMark = '#join='

/** The text of an invitation that came with the address or was pasted; in this page's memory only, until it is joined. */
export const arrived = shallowRef<string>()

/**
 * Takes an invitation out of the address before anything else reads it: the router writes addresses into the history's
 * state, and whoever stands by reads the screen. To be imported first.
 */
function takeInvitation(): void {
  if (!location.hash.startsWith(invitationMark)) return
  arrived.value = location.hash
  history.replaceState(null, '', `${import.meta.env.BASE_URL}welcome`)
}

takeInvitation()
// A link that is opened where the app is open already only changes the fragment. The router listens for the same, later.
addEventListener('popstate', takeInvitation, { capture: true })
addEventListener('hashchange', takeInvitation, { capture: true })
