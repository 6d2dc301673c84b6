import { joinName } from '../domain/naming.ts'
import { i18n } from './index.ts'

/** The name of something pasted that has none: `Pasted picture 2026-11-25 18.40.png`, by this device's clock. */
export function pastedName(
  at: number,
  { extension, isPicture }: { readonly extension: string; readonly isPicture: boolean },
): string {
  const key = isPicture ? 'adding.pastedPicture' : 'adding.pastedFile'
  return joinName({ stem: i18n.global.t(key, momentOf(at)), extension })
}

// Sorts in a folder by itself, and every file system takes it: whatever the region writes between hours and minutes.
function momentOf(at: number): { date: string; time: string } {
  const moment = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  const days = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())]
  return { date: days.join('-'), time: `${two(moment.getHours())}.${two(moment.getMinutes())}` }
}
