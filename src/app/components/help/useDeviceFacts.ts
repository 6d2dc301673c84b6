import { useOnline } from '@vueuse/core'
import { computed, onMounted, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatBytes, formatCount, formatMoment } from '../../../i18n/format.ts'
import { useCongregation } from '../../composables/useCongregation.ts'
import { useMediaFolder } from '../../composables/useMediaFolder.ts'
import { useOutbox } from '../../composables/useOutbox.ts'

/** What helpers want to know about a device, line by line; nothing secret. */
export function useDeviceFacts() {
  const { t } = useI18n()
  const { profile, listedAt } = useCongregation()
  const { canChoose, name: folderName } = useMediaFolder()
  const { count } = useOutbox()
  const isOnline = useOnline()
  const space = shallowRef<StorageEstimate>()
  onMounted(async () => {
    if ('storage' in navigator) space.value = await navigator.storage.estimate()
  })

  const yesNo = (isTrue: boolean) => t(isTrue ? 'diagnostics.yes' : 'diagnostics.no')
  const folderText = () =>
    canChoose ? (folderName.value ?? t('diagnostics.none')) : t('diagnostics.folderNo')
  const listedText = () =>
    listedAt.value === undefined ? t('diagnostics.never') : formatMoment(listedAt.value)

  function spaceText(): string {
    const { usage, quota } = space.value ?? {}
    if (usage === undefined || quota === undefined) return t('diagnostics.unknown')
    return t('diagnostics.spaceOf', { used: formatBytes(usage), all: formatBytes(quota) })
  }

  return computed(() => [
    { label: t('diagnostics.congregation'), value: profile.value?.name ?? t('diagnostics.none') },
    { label: t('diagnostics.internet'), value: yesNo(isOnline.value) },
    { label: t('diagnostics.listed'), value: listedText() },
    { label: t('diagnostics.waiting'), value: formatCount(count.value) },
    { label: t('diagnostics.folder'), value: folderText() },
    { label: t('diagnostics.offlineUse'), value: yesNo(hasServiceWorker()) },
    { label: t('diagnostics.space'), value: spaceText() },
    { label: t('diagnostics.browser'), value: navigator.userAgent },
  ])
}

// Browsers leave these out where the page did not come over a safe connection.
function hasServiceWorker(): boolean {
  return 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null
}
