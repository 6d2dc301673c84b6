import { ref } from 'vue'
import type { Ports } from '../ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

const needsReload = ref(false)
const isOfflineReady = ref(false)

/** Registers the service worker; a newer one waits until the user, or the next start, takes it. */
export async function startServiceWorker({ workbox }: Ports): Promise<void> {
  if (!workbox) return
  workbox.addEventListener('waiting', () => (needsReload.value = true))
  workbox.addEventListener('activated', ({ isUpdate }) => {
    isOfflineReady.value = isUpdate !== true
  })
  await workbox.register()
}

/** The app's own newer version: told once it is here, taken when the user says so. */
export function useAppUpdate() {
  const { ports } = useSession()
  const { isUpdating } = useRunner()
  return {
    needsReload,
    isOfflineReady,
    reload: async (): Promise<void> => {
      if (isUpdating.value) return
      navigator.serviceWorker.addEventListener(
        'controllerchange',
        () => {
          location.reload()
        },
        { once: true },
      )
      ports.workbox?.messageSkipWaiting()
      await Promise.resolve()
    },
  }
}
