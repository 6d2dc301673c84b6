import { createHash } from 'node:crypto'
import { addDays, type Day, type Week } from '../../src/domain/day.ts'
import type { CatalogueItem } from '../../src/domain/media.ts'
import type { Catalogue } from '../../src/sync/ports.ts'

const releases = 3
const titles = ['Song 44', 'Song 44 again', 'A song with a title of its own']
const urlOf = (song: string, release: number) => `https://jw.example/${song} release ${release}`
const textAt = (url: string) => decodeURIComponent(url.slice('https://jw.example/'.length))

/** What JW.org publishes for two weeks: a song for each meeting, which may get other titles and other bytes. */
export function newProgramme(monday: Day) {
  const weeks = [monday, addDays(monday, 7)]
  const songs = weeks.flatMap((week) =>
    [2, 5].map((weekday) => ({ day: addDays(week, weekday), weekday, title: 0, release: 0 })),
  )
  const items = (): CatalogueItem[] =>
    songs.map(({ day, weekday, title, release }) => {
      const url = urlOf(`song-${day}`, release)
      const name = `0${weekday}-01 - ${titles[title] ?? ''}.mp4`
      return { id: `song-${day}`, day, name, url, size: textAt(url).length, md5: md5Of(url) }
    })
  const picked = (pick: number) => songs[pick % songs.length]
  const catalogue: Catalogue = {
    week: async (week: Week) => ({
      week,
      items: items().filter(({ day }) => day >= week && day < addDays(week, 7)),
    }),
    read: async (url) => ({ blob: new Blob([textAt(url)]), isPartial: false }),
  }

  return {
    catalogue,
    namesOn: (day: Day) =>
      items()
        .filter((item) => item.day === day)
        .map(({ name }) => name),
    /** All bytes that an item ever has, by content key. */
    texts: songs.flatMap(({ day }) =>
      Array.from({ length: releases }, (_, release) => {
        const url = urlOf(`song-${day}`, release)
        return [`md5-${md5Of(url)}`, textAt(url)] as const
      }),
    ),
    retitle(pick: number): string {
      const song = picked(pick)
      if (song) song.title = (song.title + 1) % titles.length
      return `JW.org gives the song of ${song?.day ?? ''} another title`
    },
    /** Every song gets its next title. */
    retitleAll(): string {
      for (const song of songs) song.title = (song.title + 1) % titles.length
      return 'JW.org gives every song another title'
    },
    reRelease(pick: number): string {
      const song = picked(pick)
      if (song) song.release = (song.release + 1) % releases
      return `JW.org releases the song of ${song?.day ?? ''} again`
    },
  }
}

/** The bytes behind a programme's address. */
export const textOfSong = textAt

function md5Of(url: string): string {
  return createHash('md5').update(textAt(url)).digest('hex')
}
