/**
 * Makes the form of a text in which a search compares: texts that people read as the same have the same form, whatever their Unicode
 * form and case. So `ß` is `ss`, `ﬁ` is `fi`, all Greek sigmas are one, and Turkish `İ` and `ı` are `i`. Accents count: `e` is not `é`.
 */
export function searchText(text: string): string {
  let folded = text
  // One round can make what another one has to compose or to change, as in NFKC_Casefold of Unicode.
  for (let last = ''; folded !== last; ) {
    last = folded
    // By upper case, because it has the full mapping of ß and joins letters that share a lower case only in some languages.
    const lower = folded.normalize('NFKD').toUpperCase().normalize('NFKD').toLowerCase()
    // The lower case of İ is an i with a dot above, and the end of a word has another sigma.
    folded = lower.replaceAll('i\u0307', 'i').replaceAll('ς', 'σ').normalize('NFKC')
  }
  return folded
}
