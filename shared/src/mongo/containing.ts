/**
 * The condition that a field contains a text, in upper or lower case. MongoDB refuses a pattern with a NUL character.
 */
export const containing = (text: string) => ({
  $regex: text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '\\x00'),
  $options: 'i',
})
