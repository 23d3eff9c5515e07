const MAX_LENGTH = 254
// A plain address, without a name, quotes or comments. No character of it can end a header or an SMTP command, or begin a
// second address.
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u

/** Returns whether a text is a plain mail address, as in `ops@example.org`. */
export const isMailAddress = (text: string): boolean => text.length <= MAX_LENGTH && ADDRESS.test(text)
