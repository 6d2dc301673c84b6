import { formatCount } from './format.ts'

/** How long a film is: "3:05", from an hour on "1:02:00". */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const rest = two(whole % 60)
  return hours > 0
    ? `${formatCount(hours)}:${two(minutes)}:${rest}`
    : `${formatCount(minutes)}:${rest}`
}

function two(count: number): string {
  return count < 10 ? formatCount(0) + formatCount(count) : formatCount(count)
}
