import type { WayPlace } from '../../domain/way.ts'

/** What an absolute address leads to. */
export function placeOfAddress(url: string): WayPlace {
  const { host, pathname } = new URL(url)
  const kind = pathname.endsWith('.jwpub')
    ? 'publications'
    : isAnswer(pathname)
      ? 'answers'
      : 'films'
  return { kind, host }
}

function isAnswer(pathname: string): boolean {
  return !/\.[A-Za-z0-9]{2,5}$/.test(pathname)
}
