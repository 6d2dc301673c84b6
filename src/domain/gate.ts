/**
 * True for a number of entries at which some servers stop without a word, so that more may be there: jianguoyun lists
 * 750, others a round thousand or several, with or without the folder itself among them.
 */
export function looksCut(entryCount: number): boolean {
  return isRound(entryCount) || isRound(entryCount + 1)
}

function isRound(count: number): boolean {
  return count === 750 || (count > 0 && count % 1_000 === 0)
}
