import { useEventListener } from '@vueuse/core'
import { nextTick, ref, watch } from 'vue'

/**
 * A picture that the service worker serves. On the very first visit it may be asked for before that controls the page;
 * then it is asked for once more.
 */
export function usePicture(url: () => string | undefined) {
  // Missing where the page did not come over a safe connection.
  const { serviceWorker } = navigator as Partial<Navigator>
  const isBroken = ref(false)
  let asked = serviceWorker?.controller

  function tryAgain(): void {
    asked = serviceWorker?.controller
    isBroken.value = false
  }

  watch(url, tryAgain)
  useEventListener(serviceWorker, 'controllerchange', tryAgain)

  return {
    isBroken,
    /** It could not be shown; perhaps only because nobody served it yet when it was asked for. */
    fail: (): void => {
      isBroken.value = true
      if (serviceWorker?.controller !== asked) void nextTick(tryAgain)
    },
  }
}
