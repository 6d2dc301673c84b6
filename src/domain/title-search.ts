// Finding things by what people type of their titles: without case, accents and punctuation.

type Titled = { readonly title: string }

/** A title, or what was typed, as it is compared: lower case, without marks, words parted by single spaces. */
export function looseText(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  // An apostrophe parts no word: people leave it out.
  const words = bare.replace(/['’ʼ]/gu, '').match(/[\p{L}\p{N}]+/gu)
  return words?.join(' ') ?? ''
}

/** Those whose titles have every word that was typed, those that begin with it first; all of them for nothing. */
export function byTitle<T extends Titled>(all: readonly T[], typed: string): readonly T[] {
  const text = looseText(typed)
  if (text === '') return all
  const ranked = all.flatMap((one) => {
    const rank = rankOf(looseText(one.title), text)
    return rank === undefined ? [] : [{ one, rank }]
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one)
}

/** True where a title has every word that was typed. */
export function hasTitle({ title }: Titled, typed: string): boolean {
  return rankOf(looseText(title), looseText(typed)) !== undefined
}

function rankOf(title: string, text: string): number | undefined {
  if (title.startsWith(text)) return 0
  const words = text.split(' ')
  if (words.every((word) => ` ${title}`.includes(` ${word}`))) return 1
  // Not every script parts words.
  return words.every((word) => title.includes(word)) ? 2 : undefined
}
