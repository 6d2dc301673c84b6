import { useI18n } from 'vue-i18n'
import type { CuratedItem } from '../../../domain/media.ts'
import { useItemBytes } from '../../composables/useItemBytes.ts'
import { attempt } from '../../ui/attempt.ts'
import { offerFile } from '../../ui/offer-file.ts'
import { showToast } from '../../ui/toasts.ts'

/** Hands a single file to the browser to keep it, under the name that it has in the hall. */
export function useCopy() {
  const { t } = useI18n()
  const { bytesOf } = useItemBytes()
  return (item: CuratedItem): Promise<void> =>
    attempt(async () => {
      offerFile(new File([await bytesOf(item)], item.fileName))
      showToast({ text: t('bundle.copied', { name: item.fileName }) })
    })
}
