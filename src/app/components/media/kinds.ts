import type { Component } from 'vue'
import IconFile from '~icons/lucide/file'
import IconDocument from '~icons/lucide/file-text'
import IconVideo from '~icons/lucide/film'
import IconPicture from '~icons/lucide/image'
import IconAudio from '~icons/lucide/music'
import type { MediaKind } from '../../../domain/media.ts'

/** The sign of each kind of media, for where there is no picture of it. */
export const kindIcons: Readonly<Record<MediaKind, Component>> = {
  picture: IconPicture,
  video: IconVideo,
  audio: IconAudio,
  document: IconDocument,
  other: IconFile,
}
