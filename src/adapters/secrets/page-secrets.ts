import type { PageSecrets, Secrets } from '../../sync/ports.ts'

/**
 * The secrets of this page: what it holds in its memory goes before what this device keeps. A password that another tab
 * replaces or forgets is let go here at once; none is ever told to another tab.
 */
export function pageSecrets(kept: Secrets, channelName = 'lectern-secrets'): PageSecrets {
  const held = new Map<string, string>()
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') held.delete(data)
  }
  const letGo = (profile: string) => {
    held.delete(profile)
    channel.postMessage(profile)
  }
  return {
    password: async (profile) => held.get(profile) ?? kept.password(profile),
    async putPassword(profile, password) {
      await kept.putPassword(profile, password)
      letGo(profile)
    },
    async dropPassword(profile) {
      letGo(profile)
      await kept.dropPassword(profile)
    },
    async holdPassword(profile, password) {
      await kept.dropPassword(profile)
      held.set(profile, password)
    },
    heldPassword: (profile) => held.get(profile),
  }
}
