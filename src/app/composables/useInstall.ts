import { useEventListener } from '@vueuse/core'
import { computed, shallowRef } from 'vue'

/** The browser's own offer to install, which Chromium makes and others do not. */
type InstallOffer = Event & { prompt(): Promise<unknown> }

const offer = shallowRef<InstallOffer>()

function isInstallOffer(event: Event): event is InstallOffer {
  return 'prompt' in event && typeof event.prompt === 'function'
}

/** Hears the browser's offer, which comes once and early: called when the app starts. */
export function listenForInstall(): void {
  useEventListener(globalThis, 'beforeinstallprompt', (event: Event) => {
    event.preventDefault()
    if (isInstallOffer(event)) offer.value = event
  })
}

export function useInstall() {
  return {
    canInstall: computed(() => offer.value !== undefined),
    install: async (): Promise<void> => {
      await offer.value?.prompt()
      offer.value = undefined
    },
  }
}
