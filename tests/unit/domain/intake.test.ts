import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judge, largeBytes, type Glimpse, type Verdict } from '../../../src/domain/intake.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)
const sample = (name: string) =>
  readFileSync(new URL(`../../../server/sample-media/${name}`, import.meta.url)).subarray(0, 512)
const jpeg = sample('field.jpg')
const png = sample('announcements.png')
const mp4 = sample('song-44.mp4')
const mp3 = sample('chime.mp3')

function of(name: string, head: Uint8Array, more: Partial<Glimpse> = {}): Verdict {
  return judge({ name, size: head.length, head, ...more })
}

function ofText(name: string, beginning: string, isCut = false): Verdict {
  const head = bytesOf(beginning)
  return of(name, head, { text: { beginning, isCut } })
}

function ofZip(name: string, entries?: readonly string[]): Verdict {
  return of(name, bytesOf('PK\u0003\u0004 and so on'), { entries })
}

const fine = (name: string, kind: string) => ({ is: 'fine', name, kind })

describe('a name that does not tell the truth is mended by what is in the file, and kept else', () => {
  test.each([
    ['Visit.jpg', jpeg, 'Visit.jpg', 'picture'],
    ['VISIT 2.JPEG', jpeg, 'VISIT 2.JPEG', 'picture'],
    ['Visit.png', jpeg, 'Visit.jpg', 'picture'],
    ['Visit.mp4', jpeg, 'Visit.jpg', 'picture'],
    ['Visit', jpeg, 'Visit.jpg', 'picture'],
    ['Talk 3.5', jpeg, 'Talk 3.5.jpg', 'picture'],
    ['Visit.jpg.exe', jpeg, 'Visit.jpg', 'picture'],
    ['Visit.html', jpeg, 'Visit.jpg', 'picture'],
    ['Visit.jpg. .', jpeg, 'Visit.jpg', 'picture'],
    ['Visit.e\u200Bxe', jpeg, 'Visit.jpg', 'picture'],
    ['IMG_0001', png, 'IMG_0001.png', 'picture'],
    ['Film.avi', mp4, 'Film.mp4', 'video'],
    ['Film.mov', mp4, 'Film.mov', 'video'],
    ['Film.3gp', mp4, 'Film.mp4', 'video'],
    ['Reading.mp2', mp3, 'Reading.mp3', 'audio'],
    ['Poster.ai', bytesOf('%PDF-1.7 and so on'), 'Poster.pdf', 'document'],
    ['Voice.opus', bytesOf('OggS\0\x02 OpusHead'), 'Voice.ogg', 'audio'],
    ['Film', bytesOf('OggS\0\x02 \x80theora'), 'Film.ogv', 'video'],
    ['Old film.qt', bytesOf('\0\0\0\x08wide\0\0\0\0mdat'), 'Old film.mp4', 'video'],
  ])('%s', (name, head, mended, kind) => {
    expect(of(name, head)).toEqual(fine(mended, kind))
  })

  test('subtitles and a plain drawing are known by their text', () => {
    expect(ofText('Song.txt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello')).toEqual(
      fine('Song.vtt', 'document'),
    )
    expect(ofText('Map', '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')).toEqual(
      fine('Map.svg', 'picture'),
    )
  })
})

describe('playlists and publications are told by what is in them, whatever they are called', () => {
  test.each([
    ['Talk.jwlplaylist', ['manifest.json', 'userData.db', 'a.jpg'], 'Talk.jwlplaylist', 'playlist'],
    ['Talk.zip', ['manifest.json', 'userData.db'], 'Talk.jwlplaylist', 'playlist'],
    ['mwb_E_202611', ['manifest.json', 'contents'], 'mwb_E_202611.jwpub', 'publication'],
  ])('%s', (name, entries, mended, kind) => {
    expect(ofZip(name, entries)).toEqual(fine(mended, kind))
  })

  test.each([
    ['Talk.jwlplaylist', ['holiday.jpg'], 'no-playlist'],
    ['Talk.jwlplaylist', undefined, 'no-playlist'],
    ['mwb.jwpub', ['virus.exe'], 'no-publication'],
    ['Pictures.zip', ['holiday.jpg'], 'archive'],
    ['Pictures.jpg', ['holiday.jpg'], 'archive'],
    ['Game.zip', ['AndroidManifest.xml'], 'program'],
    ['Game.apk', undefined, 'program'],
  ])('%s with %j is refused: %s', (name, entries, reason) => {
    expect(ofZip(name, entries)).toEqual({ is: 'refused', name, reason })
  })

  test('what is called one and is no packed file at all is none', () => {
    expect(of('Talk.jwlplaylist', bytesOf('\x01\x02'))).toMatchObject({ reason: 'no-playlist' })
    expect(ofText('mwb.jwpub', 'not found')).toMatchObject({ reason: 'no-publication' })
  })
})

describe('what could harm, or what is no medium, is refused with its reason', () => {
  test.each([
    ['Nothing.jpg', new Uint8Array(), 'empty'],
    ['Visit.jpg', bytesOf('MZ\x90\0\x03\0'), 'program'],
    ['setup.exe', bytesOf('\x01\x02\x03'), 'program'],
    ['Lectern.dmg', bytesOf('\x01\x02\x03'), 'program'],
    ['Visit.png', bytesOf('\x7fELF\x02'), 'program'],
    ['Visit.txt', bytesOf('#!/bin/sh\nrm -r'), 'program'],
    ['Visit.jpg', bytesOf('Rar!\x1a\x07'), 'archive'],
    ['Visit.tgz', bytesOf('\x1f\x8b\x08'), 'archive'],
    ['Visit.jpg', bytesOf('L\0\0\0\x01\x14\x02\0'), 'shortcut'],
    ['Visit.lnk', bytesOf('\x01\x02\x03'), 'shortcut'],
    ['Film.mp4.crdownload', bytesOf('\x01\x02\x03'), 'unfinished'],
  ])('%s: %#', (name, head, reason) => {
    expect(of(name, head)).toEqual({ is: 'refused', name, reason })
  })

  test.each([
    ['Visit.bat', '@echo off', 'program'],
    ['Visit.jpg', '<!DOCTYPE html><p>', 'web-page'],
    ['Visit.svg', '\uFEFF\n<!-- x --><HTML>', 'web-page'],
    ['Visit.pdf', '<script>alert(1)</script>', 'web-page'],
    ['Visit.xml', '<?xml version="1.0"?><a xmlns="http://www.w3.org/1999/xhtml"/>', 'web-page'],
    ['Visit.htm', 'plain words', 'web-page'],
    ['Visit.mht', 'MIME-Version: 1.0\nContent-Type: multipart/related', 'web-page'],
    ['Visit.url', '[InternetShortcut]\nURL=https://example.org', 'shortcut'],
    ['Visit.txt', '[InternetShortcut]\nURL=https://example.org', 'shortcut'],
    ['Visit.webloc', '<?xml version="1.0"?><plist/>', 'shortcut'],
  ])('%s: %s', (name, text, reason) => {
    expect(ofText(name, text)).toEqual({ is: 'refused', name, reason })
  })
})

describe('what nobody can judge but a person is asked about', () => {
  test.each([
    ['Talk.docx', 'PK\u0003\u0004', 'document'],
    ['Talk.pages', 'PK\u0003\u0004', 'document'],
    ['Talk.doc', '\xd0\xcf\x11\xe0', 'document'],
    ['Scan.tif', 'II*\0', 'picture'],
    ['Film.wmv', '0&\xb2\x75\x8e\x66\xcf\x11', 'film'],
    ['Voice.wma', '0&\xb2\x75\x8e\x66\xcf\x11', 'sound'],
    ['Film.avi', 'RIFF\0\0\0\0AVI ', 'film'],
    ['Voice.amr', '#!AMR\n', 'sound'],
    ['Anything.xyz', '\x01\x02', 'other'],
  ])('%s', (name, head, doubt) => {
    expect(of(name, bytesOf(head))).toEqual({ is: 'doubtful', name, doubt: { of: doubt } })
  })

  test('a slide show is one by what is in it, too', () => {
    expect(ofZip('Talk', ['[Content_Types].xml', 'ppt/presentation.xml'])).toEqual({
      is: 'doubtful',
      name: 'Talk',
      doubt: { of: 'document' },
    })
  })

  test('a text is none for players, in whatever letters', () => {
    expect(ofText('Notes.txt', 'Bring two microphones')).toMatchObject({
      doubt: { of: 'document' },
    })
    const inTwos = bytesOf('\xff\xfeB\0r\0i\0n\0g\0')
    expect(of('Notes.txt', inTwos)).toMatchObject({ doubt: { of: 'document' } })
  })

  test('a picture that was spoilt on its way is said to be so', () => {
    const doubt = { of: 'spoilt', extension: 'jpg' }
    expect(of('Visit.jpg', bytesOf('\0\0\0\0\0\0\0\0'))).toMatchObject({ is: 'doubtful', doubt })
    expect(ofText('Visit.JPG', 'Not found')).toMatchObject({ is: 'doubtful', doubt })
  })

  test('a film larger than 2 GiB, with how large it is', () => {
    expect(of('Film.mp4', mp4, { size: largeBytes })).toEqual(fine('Film.mp4', 'video'))
    expect(of('Film.avi', mp4, { size: largeBytes + 1 })).toEqual({
      is: 'doubtful',
      name: 'Film.mp4',
      doubt: { of: 'large', bytes: largeBytes + 1 },
    })
  })
})
