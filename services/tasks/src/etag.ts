/** Entity tags (RFC 9110, 8.8.3): a task's is its version. */
export const etagOf = (version: number): string => `"${version}"`

/**
 * Reads If-Match, by strong comparison.
 * @returns the versions it names, or undefined when any version will do; what is not one of our tags matches none
 */
export function versionsOf(ifMatch: string | undefined): number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  return ifMatch
    .split(',')
    .flatMap(tag => /^"(\d{1,15})"$/.exec(tag.trim())?.[1] ?? [])
    .map(Number)
}

/** Whether If-None-Match names this version, by weak comparison. */
export function isNoneMatch(header: string | undefined, version: number): boolean {
  if (header === undefined) return false
  return header.split(',').some(tag => ['*', etagOf(version)].includes(tag.trim().replace(/^W\//, '')))
}
