/**
 * The condition that a text begins with a prefix, as a range of an index: up to the character that follows the prefix's last one.
 * @param prefix ends with an ASCII character
 */
export const beginningWith = (prefix: string): { $gte: string; $lt: string } => ({
  $gte: prefix,
  $lt: prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1),
})
