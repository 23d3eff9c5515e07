const MOST = 2000

/** A text as it can be stored and logged: its first 2000 characters, and no half of a surrogate pair, which UTF-8 has not. */
export function boundedText(text: string): string {
  const bounded = text.length > MOST ? `${text.slice(0, MOST)}…` : text
  return bounded.toWellFormed()
}
