/** The words that stand before numbers and titles in the names of a programme. */
export type ProgrammeWords = {
  readonly song: string
  readonly paragraph: string
  readonly footnote: string
}

const english: ProgrammeWords = { song: 'Song', paragraph: 'Paragraph', footnote: 'Footnote' }

// By JW.org's codes of languages. M³ writes these words too, and `looseName` knows each of them.
const table: Readonly<Record<string, ProgrammeWords>> = {
  E: english,
  S: { song: 'Canción', paragraph: 'Párrafo', footnote: 'Nota' },
  X: { song: 'Lied', paragraph: 'Absatz', footnote: 'Fußnote' },
  F: { song: 'Cantique', paragraph: 'Paragraphe', footnote: 'Note' },
  I: { song: 'Cantico', paragraph: 'Paragrafo', footnote: 'Nota' },
  T: { song: 'Cântico', paragraph: 'Parágrafo', footnote: 'Nota' },
  TPO: { song: 'Cântico', paragraph: 'Parágrafo', footnote: 'Nota' },
  O: { song: 'Lied', paragraph: 'Paragraaf', footnote: 'Voetnoot' },
  U: { song: 'Песня', paragraph: 'Абзац', footnote: 'Сноска' },
  K: { song: 'Пісня', paragraph: 'Абзац', footnote: 'Виноска' },
  P: { song: 'Pieśń', paragraph: 'Akapit', footnote: 'Przypis' },
  D: { song: 'Sang', paragraph: 'Paragraf', footnote: 'Fodnote' },
  Z: { song: 'Sång', paragraph: 'Paragraf', footnote: 'Fotnot' },
  H: { song: 'Ének', paragraph: 'Bekezdés', footnote: 'Lábjegyzet' },
  FI: { song: 'Laulu', paragraph: 'Kappale', footnote: 'Alaviite' },
}

const words = new Map(Object.entries(table))

/** The codes of the languages whose words are known. */
export const wordedLanguages = [...words.keys()]

/** The words in the language of the media; English ones where we do not know them. */
export function programmeWords(language: string | undefined): ProgrammeWords {
  return (language === undefined ? undefined : words.get(language)) ?? english
}
