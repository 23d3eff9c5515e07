const MAX_CHARACTERS = 2000

/** Shortens a text to 2000 characters for the store and the log, and replaces lone surrogates, which UTF-8 cannot encode. */
export function boundedText(text: string): string {
  const bounded = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
  return bounded.toWellFormed()
}
