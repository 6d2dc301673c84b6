/** Where a sync folder is, in a line that tells it from others. */
export function placeText({
  origin,
  folder,
}: {
  readonly origin: string
  readonly folder: string
}) {
  return `${origin.replace(/^https?:\/\//, '')}${folder.slice(0, -1)}`
}
