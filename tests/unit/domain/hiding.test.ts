import { describe, expect, test } from 'vitest'
import type { StampedAct } from '../../../src/domain/act.ts'
import type { Facts } from '../../../src/domain/curation.ts'
import type { CuratedDay } from '../../../src/domain/media.ts'
import {
  dayOf,
  file,
  hiddenNames,
  item,
  known,
  shownNames,
  stamped,
  sunday,
  thursday,
} from './congregation.ts'

const song = item(thursday, 'song-44', '03-01 - Song 44 - X.mp4')
const again = item(thursday, 'song-44-again', '04-01 - Song 44 - X.mp4')
const video = item(thursday, 'video', '02-01 - Video.mp4')

function marker(name: string) {
  return { day: thursday, name }
}

function said(word: 'hide' | 'show', id: string, name: string, lamport = 1): StampedAct {
  const what = { day: thursday, item: id, name }
  return stamped(
    word === 'hide' ? { do: 'hide', ...what } : { do: 'show', ...what, markers: [name] },
    { lamport },
  )
}

function thursdayOf(facts: Parameters<typeof known>[0]): CuratedDay {
  const all: Facts = known(facts)
  return dayOf(all, thursday)
}

describe('a hidden item', () => {
  test('is hidden by a marker of its very name, whoever put it there', () => {
    const day = thursdayOf({ catalogue: [song, video], markers: [marker(song.name)] })
    expect(hiddenNames(day)).toEqual([song.name])
    expect(shownNames(day)).toEqual([video.name])
  })

  test('is hidden on that day only', () => {
    const yearText = file('recurring', 'year-text.jpg')
    const facts = known({ files: [yearText], markers: [marker('year-text.jpg')] })
    expect(hiddenNames(dayOf(facts, thursday))).toEqual(['year-text.jpg'])
    expect(shownNames(dayOf(facts, sunday))).toEqual(['year-text.jpg'])
  })

  test('that two hid under two titles is hidden by both markers, so that one Show brings it back for good', () => {
    const retitled = { ...song, name: '03-01 - Song 44 - Another Title.mp4' }
    const hides = [said('hide', song.id, song.name), said('hide', song.id, retitled.name, 2)]
    const markers = [marker(song.name), marker(retitled.name)]
    const day = thursdayOf({ catalogue: [retitled], markers, journal: hides })
    expect(day.items[0]?.hiddenBy).toEqual([retitled.name, song.name].sort())
  })

  test('stays hidden after JW.org renames and renumbers it, for the journal knows which it is', () => {
    const renamed = { ...song, name: '05-02 - Song 44 - A New Title.mp4' }
    const facts = {
      catalogue: [renamed, video],
      markers: [marker(song.name)],
      journal: [said('hide', song.id, song.name)],
    }
    expect(hiddenNames(thursdayOf(facts))).toEqual([renamed.name])
  })

  test('stays hidden after M³ has put the marker into another language', () => {
    const facts = {
      catalogue: [{ ...song, name: '05-02 - A New Title.mp4' }, video],
      markers: [marker('03-01 - Lied 44 - X.mp4')],
      journal: [said('hide', song.id, song.name)],
    }
    expect(hiddenNames(thursdayOf(facts))).toEqual(['05-02 - A New Title.mp4'])
  })

  test('is shown as soon as its marker is gone, whatever the journal says', () => {
    const day = thursdayOf({
      catalogue: [song, video],
      journal: [said('hide', song.id, song.name)],
    })
    expect(hiddenNames(day)).toEqual([])
  })

  test('is shown where only another item’s marker is left', () => {
    const journal = [said('hide', song.id, song.name)]
    const day = thursdayOf({ catalogue: [song, video], markers: [marker(video.name)], journal })
    expect(hiddenNames(day)).toEqual([video.name])
  })

  test('is no longer the journal’s once it was shown; then the name alone counts', () => {
    const renamed = { ...song, name: '05-02 - A New Title.mp4' }
    const journal = [said('hide', song.id, song.name), said('show', song.id, song.name, 2)]
    const day = thursdayOf({ catalogue: [renamed], markers: [marker(song.name)], journal })
    expect(hiddenNames(day)).toEqual([])
  })

  test('is found by the name it has in another language and numbering, where just one has it', () => {
    const markers = [marker('04-01 - Lied 44 - X.mp4')]
    expect(hiddenNames(thursdayOf({ catalogue: [song, video], markers }))).toEqual([song.name])
    const twice = { ...again, name: '05-01 - Song 44 - X.mp4' }
    expect(hiddenNames(thursdayOf({ catalogue: [song, twice, video], markers }))).toEqual([])
  })

  test('is found by its exact name before any likeness', () => {
    const day = thursdayOf({ catalogue: [song, again], markers: [marker(again.name)] })
    expect(hiddenNames(day)).toEqual([again.name])
  })

  test('is found by decomposed letters too', () => {
    const cafe = item(thursday, 'cafe', 'Café.jpg')
    expect(
      hiddenNames(thursdayOf({ catalogue: [cafe], markers: [marker('Cafe\u0301.jpg')] })),
    ).toEqual(['Café.jpg'])
  })
})

describe('two items that are alike', () => {
  test('are hidden each by its own marker, and showing one leaves the other hidden', () => {
    const journal = [said('hide', song.id, song.name), said('hide', again.id, again.name, 2)]
    const catalogue = [song, again]
    const both = thursdayOf({
      catalogue,
      markers: [marker(song.name), marker(again.name)],
      journal,
    })
    expect(both.items.map(({ hiddenBy }) => hiddenBy)).toEqual([[song.name], [again.name]])
    expect(hiddenNames(thursdayOf({ catalogue, markers: [marker(song.name)], journal }))).toEqual([
      song.name,
    ])
  })

  test('are not mixed up when M³ hides the one and Lectern the other', () => {
    const facts = {
      catalogue: [song, again],
      markers: [marker(song.name), marker(again.name)],
      journal: [said('hide', song.id, song.name)],
    }
    expect(hiddenNames(thursdayOf(facts))).toEqual([song.name, again.name])
  })

  test('stay who they are when JW.org swaps their numbers', () => {
    const facts = {
      catalogue: [
        { ...song, name: again.name },
        { ...again, name: song.name },
      ],
      markers: [marker(song.name)],
      journal: [said('hide', song.id, song.name)],
    }
    expect(hiddenNames(thursdayOf(facts))).toEqual([again.name])
  })
})

describe('a marker', () => {
  test('hides all items of exactly its name where nobody said which', () => {
    const day = thursdayOf({
      catalogue: [song],
      files: [file(thursday, song.name)],
      markers: [marker(song.name)],
    })
    expect(day.items.map(({ hiddenBy }) => hiddenBy)).toEqual([[song.name], [song.name]])
  })

  test('hides the one of two namesakes that the journal speaks of', () => {
    const facts = {
      catalogue: [song],
      files: [file(thursday, song.name)],
      markers: [marker(song.name)],
      journal: [said('hide', `additional:${song.name}`, song.name)],
    }
    expect(
      thursdayOf(facts).items.map(({ origin, hiddenBy }) => [origin, hiddenBy.length]),
    ).toEqual([
      ['jworg', 0],
      ['additional', 1],
    ])
  })

  test('in two folders of the day hides once', () => {
    const day = thursdayOf({ catalogue: [song], markers: [marker(song.name), marker(song.name)] })
    expect(day.items[0]?.hiddenBy).toEqual([song.name])
  })

  test('of something that is not there hides nothing', () => {
    expect(hiddenNames(thursdayOf({ catalogue: [song], markers: [marker('gone.jpg')] }))).toEqual(
      [],
    )
  })
})
